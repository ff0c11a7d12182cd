"""The warehouse file: declared, built beside the published one, and put in its place in one step.

`build` writes a new file, `publish` replaces the published one, `carry_over` keeps the last good
version of a document, `changes` says what differs, `fingerprint` notices that nothing does, and
`discrepancies` reads what disagrees in a built file. Importing this package imports none of them:
whoever only asks a file a question pays for duckdb alone, not for pandas.
"""
