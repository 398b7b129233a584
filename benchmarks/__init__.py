"""Measurements run by hand (``make bench``): quality on texts of others, and speed beside the usual way of doing it."""
