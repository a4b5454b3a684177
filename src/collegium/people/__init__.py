"""People: accounts so far; persons, organisations and roles come with membership. Announces nothing yet."""
