"""Reminders of inspections, sent only where the law allows it."""
