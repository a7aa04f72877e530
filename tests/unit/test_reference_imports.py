"""What is loaded, and what is not, when references and their quick witnesses run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import reference_impl.witnesses


def loaded_after(code):
    script = f"import sys\n{code}\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_convolution_and_its_brute_force_load_no_numpy():
    loaded = loaded_after(
        "from reference_impl.catalogue import find\n"
        "from reference_impl.compare import opinions\n"
        "size = find('convolution.output_size')\n"
        "(opinion,) = opinions(size, size.bind(32, 5), size(32, 5), only='quick')\n"
        "assert opinion.agrees"
    )
    assert "reference_impl.witnesses.convolution" in loaded
    assert not {"numpy", "torch", "difflib", "random"} & loaded


def test_gates_cell_states_and_a_plain_step_load_no_numpy():
    loaded = loaded_after(
        "from reference_impl import recurrent\n"
        "recurrent.lstm_cell_state((0.5, 0.5), (1, 2), (0.5, 0.5), (1, 1))\n"
        "recurrent.lstm_gate('forget', 1, 0, 0.5, 0.5, 0)\n"
        "recurrent.lstm_cell_gain((0.5, 0.5))\n"
        "recurrent.rnn_step((1, 2), (0.5,), ((1, 2),), ((3,),), (0,))"
    )
    assert not {"numpy", "torch"} & loaded


def test_quick_witnesses_are_loaded_without_those_that_run_pytorch():
    loaded = loaded_after(
        "from reference_impl.catalogue import references\n"
        "quick = {each.name: each.quick_witnesses for each in references()}\n"
        "assert not any('pytorch' in name for name in sys.modules)\n"
        "assert all(quick[each.name] == tuple(w for w in each.witnesses if not w.needs_torch) for each in references())"
    )
    modules = Path(reference_impl.witnesses.__file__).parent.glob("*/pytorch*.py")
    assert {f"reference_impl.witnesses.{each.parent.name}.{each.stem}" for each in modules} <= loaded


def test_only_the_topic_that_is_asked_for_is_loaded():
    loaded = loaded_after("from reference_impl.catalogue import find\nfind('convolution.jump')")
    assert "reference_impl.convolution" in loaded
    assert not {name for name in loaded if name.startswith(("reference_impl.recurrent", "reference_impl.witnesses"))}


def test_nothing_of_the_program_is_loaded():
    loaded = loaded_after("from reference_impl.catalogue import references\n[each.witnesses for each in references()]")
    assert not {name for name in loaded if name.split(".")[0] in {"studytui", "torch", "numpy"}}
