"""AI providers for every room: who is asked, what it may cost, what it took.

`complete` gives a whole text; the chat streams from the `desk` itself.
"""
