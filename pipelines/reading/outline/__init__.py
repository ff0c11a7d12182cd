"""The parts of a document outside its tables: captions, labels, listed items."""
