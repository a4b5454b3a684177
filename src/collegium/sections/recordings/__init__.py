"""The page of all recordings."""
