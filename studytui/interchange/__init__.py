"""Other programs' files: each format is one file that reads or writes it. Nothing here opens the journal."""
