"""The bureau's website: Lonsun columns, articles and disclosure lists, and the cheaper cousins of other systems."""
