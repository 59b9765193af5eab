"""Files from other systems: customers, vehicles, history, bookings."""
