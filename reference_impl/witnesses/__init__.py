"""Independent computations of every reference: brute force, and PyTorch imported inside the function."""
