"""Weibo's JSON in the shapes of its mobile site and of its open interface."""
