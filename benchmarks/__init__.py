"""Measures the budgets that need no other program beside ours: `python -m benchmarks`."""
