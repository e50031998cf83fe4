"""Pages of people who apply."""
