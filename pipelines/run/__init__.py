"""The order of a run, from the raw folder to the published file."""
