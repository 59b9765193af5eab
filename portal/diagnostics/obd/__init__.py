"""Recordings of the on-board diagnosis: bytes in, facts out. No database, no network, no clock."""
