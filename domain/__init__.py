"""The nouns of an inspection, frozen and typed. Standard library only."""
