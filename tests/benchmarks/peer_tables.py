"""Cells of the tables of PDFs as one library finds them, and the CPU time that it took.

`python peer_tables.py TOOL` reads paths as JSON from its standard input and writes one line of JSON
a file: the texts of its cells, CPU seconds, and what was raised, if anything was. It imports
nothing but the one library, because it runs in an environment that has only the peers.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

Find = Callable[[str], list[str | None]]


def use_project() -> Find:
    """Ours: tables that are whole over pages."""
    extractors: Any = import_module("extractors")

    def find(path: str) -> list[str | None]:
        return [
            cell.text for table in extractors.read_document(path).tables for cell in table.cells
        ]

    return find


def use_pdfplumber() -> Find:
    """Tables by their lines, which is its default."""
    pdfplumber: Any = import_module("pdfplumber")

    def find(path: str) -> list[str | None]:
        found: list[str | None] = []
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                found.extend(
                    cell for table in page.extract_tables() for row in table for cell in row
                )
                page.close()
        return found

    return find


def use_camelot(flavor: str) -> Find:
    """Camelot with one of its ways to find tables."""
    camelot: Any = import_module("camelot")

    def find(path: str) -> list[str | None]:
        tables = camelot.read_pdf(path, pages="all", flavor=flavor, suppress_stdout=True)
        return [cell.text for table in tables for row in table.cells for cell in row]

    return find


def use_pymupdf() -> Find:
    """PyMuPDF's finder, where somebody installed it."""
    pymupdf: Any = import_module("pymupdf")

    def find(path: str) -> list[str | None]:
        found: list[str | None] = []
        with pymupdf.open(path) as pdf:
            for page in pdf:
                found.extend(
                    cell
                    for table in page.find_tables().tables
                    for row in table.extract()
                    for cell in row
                )
        return found

    return find


TOOLS: dict[str, Callable[[], Find]] = {
    "this project": use_project,
    "pdfplumber": use_pdfplumber,
    "Camelot lattice": lambda: use_camelot("lattice"),
    "Camelot stream": lambda: use_camelot("stream"),
    "PyMuPDF": use_pymupdf,
}


def main(tool: str) -> None:
    """Find the tables of all files; the first is read once before, so that nothing is imported."""
    warnings.simplefilter("ignore")
    paths = json.load(sys.stdin)
    find = TOOLS[tool]()
    find(paths[0])
    for path in paths:
        raised = ""
        cells: list[str | None] = []
        began = time.process_time()
        try:
            cells = find(path)
        except Exception as error:  # whatever a library raises, the next file is read
            raised = type(error).__name__
        seconds = time.process_time() - began
        texts = [cell for cell in cells if cell]
        print(json.dumps({"path": path, "seconds": seconds, "cells": texts, "raised": raised}))


if __name__ == "__main__":
    main(sys.argv[1])
