"""Plain pages and their blocks."""
