"""The page of all events."""
