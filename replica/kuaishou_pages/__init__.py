"""Kuaishou: a profile page that fetches its own list, the list, and the pages of its works."""
