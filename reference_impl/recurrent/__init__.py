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
from reference_impl.recurrent.shapes import (
    cell_vectors,
    layer_input_size,
    output_shape,
    pytorch_output_shape,
    pytorch_state_shape,
)

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "rnn_step",
    "rnn_step_joined",
    "rnn_forward",
    "rnn_output",
    "rnn_parameters",
    "unrolled_parameters",
    "gate_value",
    "candidate_value",
    "lstm_gate",
    "lstm_cell_state",
    "lstm_hidden_state",
    "lstm_step",
    "lstm_step_gates",
    "lstm_step_cell",
    "lstm_step_hidden",
    "lstm_forward",
    "lstm_forward_cell",
    "cell_vectors",
    "lstm_summary_length",
    "lstm_cell_gain",
    "lstm_parameters",
    "gru_candidate",
    "gru_state",
    "gru_step",
    "gru_step_gates",
    "gru_forward",
    "gru_state_gain",
    "gru_parameters",
    "output_shape",
    "layer_input_size",
    "pytorch_output_shape",
    "pytorch_state_shape",
]
