"""Rounds of documents that nobody had seen when their first run was taken."""
