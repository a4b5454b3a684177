"""Website: the front of the house. Owns the home page, plain pages, and the page that shows all events
with their calendar feeds and permanent links. Announces nothing."""
