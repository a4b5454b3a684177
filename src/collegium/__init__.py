"""Collegium: the open platform on which a learned society lives."""
