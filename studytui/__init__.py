"""StudyTUI: spaced repetition and quizzes in the terminal, with answers that are computed and proved."""

__version__ = "0.1.0"
