"""Recurrent cells: how many parameters they have, which shapes they give, and what one step computes."""

from reference_impl.recurrent.counting import gru_parameters, lstm_parameters, rnn_parameters, unrolled_parameters
from reference_impl.recurrent.gru import gru_candidate, gru_state, gru_state_gain
from reference_impl.recurrent.gru_steps import gru_forward, gru_step, gru_step_gates
from reference_impl.recurrent.lstm import (
    lstm_cell_gain,
    lstm_cell_state,
    lstm_gate,
    lstm_hidden_state,
    lstm_summary_length,
)
from reference_impl.recurrent.lstm_forward import lstm_forward, lstm_forward_cell
from reference_impl.recurrent.lstm_steps import lstm_step, lstm_step_cell, lstm_step_gates, lstm_step_hidden
from reference_impl.recurrent.rnn import candidate_value, gate_value, rnn_forward, rnn_step
from reference_impl.recurrent.rnn_parts import rnn_output, rnn_step_joined
from reference_impl.recurrent.shapes import layer_input_size, output_shape, pytorch_output_shape, pytorch_state_shape

__all__ = [
    "candidate_value",
    "gate_value",
    "gru_candidate",
    "gru_forward",
    "gru_parameters",
    "gru_state",
    "gru_state_gain",
    "gru_step",
    "gru_step_gates",
    "layer_input_size",
    "lstm_cell_gain",
    "lstm_cell_state",
    "lstm_forward",
    "lstm_forward_cell",
    "lstm_gate",
    "lstm_hidden_state",
    "lstm_parameters",
    "lstm_step",
    "lstm_step_cell",
    "lstm_step_gates",
    "lstm_step_hidden",
    "lstm_summary_length",
    "output_shape",
    "pytorch_output_shape",
    "pytorch_state_shape",
    "rnn_forward",
    "rnn_output",
    "rnn_parameters",
    "rnn_step",
    "rnn_step_joined",
    "unrolled_parameters",
]
