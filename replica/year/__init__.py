"""A year of a fictional bureau as its store would see it: accounts, posts, register, and breaches on known days.

It feeds the store, not the crawler. ``script.build`` makes the year; the same seed makes the same year.
"""
