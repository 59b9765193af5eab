"""Tables of the bookings room."""
