"""Library: published works that others build on, and the contents of the journal. Announces nothing."""
