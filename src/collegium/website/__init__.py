"""Website: the front of the house. Owns the home page, text pages, the page of an annual meeting, the frame
around every page, permanent links, sitemaps and what search engines read. Announces nothing."""
