"""Opening a warehouse file for reading, such that nothing but reading can come of it.

Belongs here: the two ways in which the project opens a file that it does not write.
Imports duckdb alone, so that an unchanged refresh is noticed before anything slow is loaded.
"""

from __future__ import annotations

from pathlib import Path

import duckdb


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can neither write the file nor reach any other file or address.

    Views of a file are text that somebody wrote: `read_csv('/etc/…')` in one must not run here.
    Raises duckdb.Error.
    """
    return duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})


def open_for_export(path: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that cannot write the file, and can reach the files of one folder only.

    Its settings are locked. Raises duckdb.Error.
    """
    connection = duckdb.connect(str(path), read_only=True)
    # The order is the database's: a folder can be allowed as long as everything still is. Nothing
    # of the file has run so far.
    connection.execute("SET allowed_directories = [?]", [str(folder)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
