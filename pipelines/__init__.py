"""What the documents mean, checked: facts, links, checks, publishing, and the run of them all."""
