"""Linking: which facts of different documents and years speak of the same promise.

`link_facts` is the one entry; `read_accepted_links` reads what people signed. Pure functions on the
records of `pipelines.facts`: no database, no scheduler, nothing that is fetched or learnt at run
time.
"""

from pipelines.linking.accepted import (
    AcceptedLink,
    InvalidAcceptedLinksError,
    StaleSignature,
    read_accepted_links,
)
from pipelines.linking.linker import link_facts
from pipelines.linking.records import Indicator, Linking

__all__ = [
    "AcceptedLink",
    "Indicator",
    "InvalidAcceptedLinksError",
    "Linking",
    "StaleSignature",
    "link_facts",
    "read_accepted_links",
]
