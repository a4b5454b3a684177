"""The home page and its blocks."""
