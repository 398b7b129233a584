"""What several kinds of office files have in common: packages of XML parts, tables, styles, leftovers."""
