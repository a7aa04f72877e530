"""`studytui stats`: pages that fit, JSON for other programs, mistakes in one line; rows that are added up."""

import json

import pytest
from click.testing import CliRunner
from support.studied import studied
from support.world import COMPUTED, RECALL, TEXT, World

from studytui.cli import cli
from studytui.statistics import Period, Series, Shape, Statistic
from studytui.statistics_pages import statistic_rows
from studytui.statistics_pages.charts import LEVELS, calendar, columns, level, quarters
from studytui.statistics_pages.told import with_unit
from studytui.text import display_width


@pytest.fixture
def stats(tmp_path, monkeypatch):
    """Runs the command; with `studied_before`, over a journal in which something was studied."""
    monkeypatch.setenv("STUDYTUI_JOURNAL", str(tmp_path / "journal.sqlite3"))
    monkeypatch.setenv("STUDYTUI_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    deck = tmp_path / "합성곱.md"
    deck.write_text('# 합성곱 신경망\n\n```toml\nid = "conv"\n```\n' + RECALL + COMPUTED + TEXT)

    def run(*arguments, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        return CliRunner().invoke(cli, ["stats", *arguments])

    return run


@pytest.mark.parametrize("width", [80, 40])
def test_no_line_is_wider_than_the_terminal(stats, tmp_path, width):
    result = stats(str(tmp_path), columns=width)
    assert result.exit_code == 0
    assert max(map(display_width, result.output.splitlines())) <= width
    assert "Cards by state" in result.output


@pytest.mark.parametrize("width", [80, 40])
def test_a_journal_with_answers_fits_as_well(tmp_path, width):
    from studytui.statistics_pages import page_text

    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    with world.desk() as desk:
        for period in Period:
            page = page_text(desk.statistics(period), width)
            assert max(map(display_width, page.splitlines())) <= width
    assert "padded_once" in page


def test_json_has_a_number_for_each_label(stats, tmp_path):
    found = json.loads(stats(str(tmp_path), "--format", "json", "--period", "7d").output)
    assert (found["period"], found["decks"], found["search"]) == ("7d", ["conv"], None)
    for table in found["statistics"].values():
        assert all(len(series["values"]) == len(table["labels"]) for series in table["series"])
    states = found["statistics"]["states"]
    assert dict(zip(states["labels"], states["series"][0]["values"], strict=True))["new"] == 3


def test_what_a_search_has_found_is_counted_alone(tmp_path):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    with world.desk() as desk:
        first = desk.decks.library.ids(next(iter(desk.decks.library.decks())).id)[0]
        found = desk.statistics(Period.ALL, cards=[first], search="forget gate")
    assert found["states"].named("cards").values == (0, 0, 0, 1, 0, 0)
    assert sum(found["reviews"].named("all").values) == 7
    assert found.search == "forget gate"


def test_the_command_counts_what_a_search_finds(stats, tmp_path):
    found = json.loads(stats(str(tmp_path), "--search", "kind:recall", "--format", "json").output)
    states = found["statistics"]["states"]
    assert dict(zip(states["labels"], states["series"][0]["values"], strict=True))["new"] == 1
    assert found["search"] == "kind:recall"
    assert "· kind:recall" in stats(str(tmp_path), "--search", "kind:recall").output.splitlines()[0]
    nothing = json.loads(stats(str(tmp_path), "--search", "is:leech", "--format", "json").output)
    assert set(nothing["statistics"]["states"]["series"][0]["values"]) == {0}


def test_a_search_that_cannot_be_read_ends_with_2_and_carets(stats, tmp_path):
    wrong = stats(str(tmp_path), "--search", "kin:recall")
    assert wrong.exit_code == 2
    said = wrong.stderr.splitlines()
    assert said[0].startswith("studytui: there is no “kin:”")
    assert said[1:] == ["  kin:recall", "  ^^^^"]


def test_an_unknown_deck_and_an_unknown_period_are_explained(stats):
    unknown = stats("convv")
    assert unknown.exit_code == 2
    assert "there is no deck “convv”" in unknown.stderr
    assert "'7d', '30d', '90d', '1y', 'all'" in stats("--period", "8d").stderr


def test_days_added_up_keep_their_sum_and_shares_are_taken_again():
    days = Statistic(
        "x", "X", "", "day", tuple("abcde"),
        (
            Series("answered", "cards", (2, 0, 1, 3, 4)),
            Series("remembered", "cards", (1, 0, 1, 0, 4)),
            Series("retention", "%", (50.0, None, 100.0, 0.0, 100.0), ("remembered", "answered")),
        ),
        shape=Shape.DAYS,
    )  # fmt: skip
    less = days.binned(3)
    assert less.labels == ("a", "b", "d")
    assert less.named("answered").values == (2, 1, 7)
    assert less.named("retention").values == (50.0, 100.0, pytest.approx(400 / 7))
    assert days.binned(5) is days


def test_columns_are_as_high_as_their_values_and_small_ones_are_seen():
    drawn = columns((0, 1, 800, None, 400), ("a", "b"), 30, 4)
    bars = [line[5:].ljust(25) for line in drawn[:4]]
    heights = ["".join(bar[place * 5] for bar in bars) for place in range(5)]
    assert heights == ["    ", "   ▁", "████", "    ", "  ██"]


def test_a_day_has_the_sign_of_its_quarter():
    cuts = quarters([0, *range(1, 9), None])
    assert [level(value, cuts) for value in (None, 0, 1, 2, 3, 4, 5, 6, 7, 8)] == list("··░░▒▒▓▓██")
    assert level(5, quarters([5, 5])) == LEVELS[1]


def test_days_stand_in_the_row_of_their_weekday_and_the_newest_weeks_are_kept():
    days = tuple(f"2026-03-{day:02}" for day in range(1, 18))
    of = Statistic("x", "X", "", "day", days, (Series("answers", "answers", (0,) * 16 + (3,)),))
    wide = ["".join(row) for row in calendar(of, 40)]
    assert wide[0].split() == ["Mar"]
    assert wide[7] == "Su··· "
    assert wide[2] == "Tu ··░"
    assert [len(row) for row in calendar(of, 5)] == [3] * 8


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, "cards", "1 card"),
        (12, "cards", "12 cards"),
        (88.06, "%", "88.1 %"),
        (None, "%", "–"),
        (75.0, "minutes", "1 h 15 min"),
        (11.0, "seconds", "11.0 s"),
    ],
)
def test_numbers_are_told_with_their_units(value, unit, words):
    assert with_unit(value, unit) == words


@pytest.mark.parametrize(("width", "cell"), [(80, "100.0 of 2"), (40, "100.0")])
def test_true_retention_is_one_table_which_says_of_how_many_where_there_is_room(tmp_path, width, cell):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    with world.desk() as desk:
        lines = [row.text for row in statistic_rows(desk.statistics(Period.ALL)["true-retention"], width)]
    assert lines[0].split() == ["days", "young", "mature", "all"]
    assert "" not in lines
    assert lines[4].startswith("last 7 days")
    assert cell in lines[4]


def test_with_few_rows_the_weeks_come_before_the_facts(tmp_path):
    world = World(tmp_path, RECALL, COMPUTED, TEXT)
    studied(world)
    with world.desk() as desk:
        weeks = desk.statistics(Period.MONTH)["calendar"]
    first, last = statistic_rows(weeks, 38), statistic_rows(weeks, 38, facts_last=True)
    assert first[0].text.startswith("total: 17 answers")
    assert [row.text[:2] for row in last[1:8]] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert sorted(row.text for row in first) == sorted(row.text for row in last if row.text)
