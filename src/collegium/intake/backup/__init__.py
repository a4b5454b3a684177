"""Backups of a running site: database and uploads in one file, and how they are restored."""
