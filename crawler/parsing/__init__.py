"""What every ``page.py`` needs to take bytes apart: decoding, element trees, JSON of unsure shape, dates."""
