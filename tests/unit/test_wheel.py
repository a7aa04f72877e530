"""The built wheel is whole: it carries the decks, and studies them from any folder."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "studytui", "reference_impl", "decks")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, unpacked as an installer would: built from a copy, so that nothing is written into the checkout."""
    source, site = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    for name in BUILT_FROM:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, source / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(site)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = site.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run(installed, folder, *arguments, typed=""):
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "STUDYTUI_JOURNAL": str(folder / "journal.sqlite3"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "studytui", *arguments],
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_wheel_carries_the_decks_and_finds_them_from_another_folder(installed, tmp_path):
    due = json.loads(run(installed, tmp_path, "due", "--format", "json"))
    decks = [deck["id"] for deck in due["decks"]]
    assert decks.index("lstm-gates") < decks.index("stride-and-padding")  # in the order in which they are learned
    assert all(Path(deck["file"]).is_relative_to(installed) for deck in due["decks"])


def test_a_sitting_from_the_wheel_is_recorded(installed, tmp_path):
    assert "Left; everything is saved." in run(installed, tmp_path, "study", "stride-and-padding", typed="\n3\n:q\n")
    assert json.loads(run(installed, tmp_path, "due", "--format", "json"))["answers_today"] == 1


def test_the_wheel_declares_its_license_types_command_and_plugin(installed):
    (info,) = installed.glob("studytui-*.dist-info")
    assert (info / "licenses" / "LICENSE").exists()
    assert (installed / "studytui" / "py.typed").exists()
    entry_points = (info / "entry_points.txt").read_text()
    assert "studytui = studytui.__main__:main" in entry_points
    assert "[pytest11]" in entry_points
