"""One file a migration, each step both ways."""
