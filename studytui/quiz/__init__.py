"""Quizzes, without a screen, a journal or a clock: what is chosen, the paper, the sitting, the result, the report."""
