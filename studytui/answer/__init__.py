"""What was typed becomes a verdict: expressions, numbers, choices, orders, matches, text."""
