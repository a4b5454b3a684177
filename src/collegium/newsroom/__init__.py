"""Newsroom: authored news, each item a page of its kind, and the page that lists them. Announces nothing."""
