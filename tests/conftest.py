"""Makes `support` importable for every layer of the tests."""
