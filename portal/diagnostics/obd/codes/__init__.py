"""What trouble codes mean, how bad they are and where to begin: tables and pure functions."""
