"""新浪微博: mobile JSON, desktop JSON and the open API."""
