"""移动应用: whether the bureau's own app is still on the shelf, in which version, by whom."""
