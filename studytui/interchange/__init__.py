"""Other programs' formats: CSV."""
