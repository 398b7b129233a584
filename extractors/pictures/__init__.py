"""Pictures, wherever they come from: opened safely, cut into tiles, recognised, and put into reading order."""
