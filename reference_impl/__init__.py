"""The truth: small reference models of what the decks ask, and independent witnesses of each."""
