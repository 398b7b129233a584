"""One ``Report`` and its renderings. Whatever reaches this room is already masked."""
