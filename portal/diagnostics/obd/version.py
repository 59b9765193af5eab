"""Which reading of recordings this is. It has a file of its own so that pages which show it need
not load the readers themselves.
"""

DECODER_VERSION = 2
"""One more whenever the same bytes give another result: stored scans can then be read again."""
