"""Judges text and timelines: fold, detect, excuse, explain. Rules are files in ``rules/``, words are rows of lists."""
