"""Whether what was read of a document makes sense, before anything of it is published."""

from pipelines.doubting.guards import DOCUMENT_GUARDS, LINE_GUARDS, DocumentGuard, LineGuard
from pipelines.doubting.holding import Doubted, DoubtedDocument, hold_doubtful, list_readings

__all__ = [
    "DOCUMENT_GUARDS",
    "LINE_GUARDS",
    "DocumentGuard",
    "Doubted",
    "DoubtedDocument",
    "LineGuard",
    "hold_doubtful",
    "list_readings",
]
