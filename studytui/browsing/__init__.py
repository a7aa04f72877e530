"""All cards: found by a search, listed, and changed many at once. Knows no screen."""
