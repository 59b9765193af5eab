"""Tables of the chat room."""
