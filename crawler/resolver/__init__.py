"""Follows the links of posts: a plan (``plan``), its spider, what an answer means (``verdict``), and the run."""
