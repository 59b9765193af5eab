"""Tables of the vehicles room."""
