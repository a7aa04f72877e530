"""Sequences: their probability, what a model of them remembers, the character model, and sequence to sequence."""

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
from reference_impl.sequence.encoder import encode, one_to_many
from reference_impl.sequence.probability import chain_probability, markov_probability
from reference_impl.sequence.tables import conditioning_items, context_length, joint_table_size, markov_table_size
from reference_impl.sequence.training import free_running_loss, teacher_forced_loss, teacher_inputs

__all__ = [
    "chain_probability",
    "character_index",
    "character_model_parameters",
    "conditioning_items",
    "context_length",
    "decoder_probabilities",
    "decoder_scores",
    "encode",
    "free_running_loss",
    "greedy_decode",
    "joint_table_size",
    "markov_probability",
    "markov_table_size",
    "one_hot",
    "one_to_many",
    "teacher_forced_loss",
    "teacher_inputs",
    "training_inputs",
    "training_pairs",
    "training_targets",
    "uniform_loss",
    "vocabulary",
    "vocabulary_size",
]
