"""Mutants that no witness can catch, each with the reason: (file, definition, code before, code after)."""

from __future__ import annotations

_LSTM = "reference_impl/recurrent/lstm.py"
_CELL = "each(lambda f, c, i, g: f * c + i * g, {})"

EXCUSED: dict[tuple[str, str, str, str], str] = {
    (
        _LSTM,
        "lstm_cell_state",
        _CELL.format("forget_gate, cell, input_gate, candidate"),
        _CELL.format("cell, forget_gate, input_gate, candidate"),
    ): "f·c = c·f: the factors of a product may be swapped",
    (
        _LSTM,
        "lstm_cell_state",
        _CELL.format("forget_gate, cell, input_gate, candidate"),
        _CELL.format("forget_gate, cell, candidate, input_gate"),
    ): "i·g = g·i: the factors of a product may be swapped",
}
