"""Which part a number plays in its clause: promised, due by a day, done, or only describing."""
