"""Promises and results in running text: items, sentences, articles."""
