"""The subprocess that runs PyTorch witnesses, and its client."""
