"""The page of all scientific resources."""
