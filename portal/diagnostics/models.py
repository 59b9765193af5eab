"""Tables of the diagnostics room."""
