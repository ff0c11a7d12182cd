"""The public ledger: what the published file says, as plain pages that open anywhere.

Belongs here: reading the published file, drawing the pages of its sources, and writing pages that
need no server, no network and no build tool. Does not belong here: any judgement. What was kept,
what disagrees, what a share is: all of it is asked of `core`, `marts` and `quality`.

The order of a build stands in `build`: read (`ledger`), places on paper (`sheets`), pages
(`pages`), files (`folder`). The words of the interface are data (`words.csv`).
"""
