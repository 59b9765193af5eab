"""One small file per format. A format says whether a header is its own and how to read the time."""
