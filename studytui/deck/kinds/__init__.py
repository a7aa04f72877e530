"""One file a kind of card, each registered once, in `registry.py`."""
