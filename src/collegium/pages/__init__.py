"""Pages: what authors write on. Owns the society's own record (name, contact, office), the menus,
the base of every page and the plain blocks. Announces nothing."""
