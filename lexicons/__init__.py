"""Word lists that the office edits in Excel: one CSV file a category, one word a row."""

from lexicons.loader import SHIPPED, load, load_file, write_template
from lexicons.model import Lexicon, LexiconSet, Term

__all__ = ["SHIPPED", "load", "load_file", "write_template", "Lexicon", "LexiconSet", "Term"]
