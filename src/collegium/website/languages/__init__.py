"""The languages of the site: translations, alternates, and the report of coverage."""
