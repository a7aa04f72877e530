"""Recurrent cells: how many parameters they have, which shapes they give, and what one step computes."""

from reference_impl.recurrent.counting import gru_parameters, lstm_parameters, output_shape, rnn_parameters
from reference_impl.recurrent.gru import gru_candidate, gru_state, gru_step
from reference_impl.recurrent.lstm import (
    lstm_cell_gain,
    lstm_cell_state,
    lstm_gate,
    lstm_hidden_state,
    lstm_summary_length,
)
from reference_impl.recurrent.lstm_steps import lstm_step, lstm_step_cell, lstm_step_hidden
from reference_impl.recurrent.rnn import candidate_value, gate_value, rnn_forward, rnn_step

__all__ = [
    "candidate_value",
    "gate_value",
    "gru_candidate",
    "gru_parameters",
    "gru_state",
    "gru_step",
    "lstm_cell_gain",
    "lstm_cell_state",
    "lstm_gate",
    "lstm_hidden_state",
    "lstm_parameters",
    "lstm_step",
    "lstm_step_cell",
    "lstm_step_hidden",
    "lstm_summary_length",
    "output_shape",
    "rnn_forward",
    "rnn_parameters",
    "rnn_step",
]
