"""Governance: the bodies of the society and the terms of those who serve on them. Announces nothing."""
