"""What a recording shows about the car: a table of rules and pure functions, no database."""
