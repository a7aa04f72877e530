"""Sequences: their probability, what a model of them remembers, the character model, and sequence to sequence.

Encoder and decoder are plain recurrent cells without biases: weight_ih (H, n), weight_hh (H, H); the decoder reads one
of V tokens, numbered from 0, with weight_ih (H, V), and scores the next one with weight_ho (V, H). Its context and
hidden state are (H,). Source: Sutskever and others (2014).
"""

from reference_impl.sequence.characters import (
    character_index,
    character_model_parameters,
    one_hot,
    training_inputs,
    training_pairs,
    training_targets,
    uniform_loss,
    vocabulary,
    vocabulary_size,
)
from reference_impl.sequence.decoder import decoder_probabilities, decoder_scores, greedy_decode
from reference_impl.sequence.encoder import encode, mean_pool, one_to_many
from reference_impl.sequence.probability import chain_probability, markov_probability
from reference_impl.sequence.tables import conditioning_items, context_length, joint_table_size, markov_table_size
from reference_impl.sequence.training import free_running_loss, teacher_forced_loss, teacher_inputs

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "chain_probability",
    "markov_probability",
    "joint_table_size",
    "markov_table_size",
    "context_length",
    "conditioning_items",
    "mean_pool",
    "vocabulary",
    "vocabulary_size",
    "character_index",
    "one_hot",
    "training_inputs",
    "training_targets",
    "training_pairs",
    "character_model_parameters",
    "uniform_loss",
    "one_to_many",
    "encode",
    "decoder_scores",
    "decoder_probabilities",
    "greedy_decode",
    "teacher_inputs",
    "teacher_forced_loss",
    "free_running_loss",
]
