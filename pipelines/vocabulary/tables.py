"""The reading of word files under the name that the loaders of this folder know.

Belongs here: names handed on. Does not belong here: the reading itself (`pipelines.word_files`).
"""

from __future__ import annotations

from pipelines.word_files import Row, VocabularyError, WordFiles, read_rows, split_list

__all__ = ["Row", "VocabularyError", "WordFiles", "read_rows", "split_list"]
