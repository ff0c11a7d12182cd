"""How right and how fast tables are read, beside other libraries, in one run: `make bench`.

The documents are the PDFs of the fixtures, whose cells their generator knows. A cell is right when
its whole text, white space aside, is that of a cell of the document: one that a page break cuts
must be whole. What stands in more cells must be found as often. Speed is pages a CPU second in one
process, imports aside. The peers live in an environment of their own (`.ci/peers.lock`); PyMuPDF,
whose licence (AGPL) keeps it out of the lock, takes part where it was installed there by hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from extractors.radicals import restore_characters
from tests.benchmarks.peer_tables import TOOLS
from tests.fixtures.generators.content import (
    Content,
    Grid,
    read_content,
    split_changes,
    strip_marks,
)
from tests.fixtures.generators.variants import change_content

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SCRIPT = ROOT / "tests" / "benchmarks" / "peer_tables.py"
OURS = "this project"
LINE_BREAK = "⏎"


@dataclass(frozen=True, slots=True)
class KnownTables:
    """A PDF and the texts of its tables' filled cells, white space left out."""

    path: Path
    pages: int
    cells: Counter[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Cells found and cells there are, files without a cell missing, pages a CPU second."""

    tool: str
    found: int
    total: int
    whole_files: int
    files: int
    pages_per_s: float


def list_known() -> Iterator[KnownTables]:
    """The PDFs among the fixtures that hold tables."""
    for source in sorted((FIXTURES / "contents").glob("*.yml")):
        content = read_content(source)
        printed = {
            f"{source.stem}--{name}": change_content(content, changes)
            for name, changes in content.variants.items()
        }
        for stem, variant in (printed or {source.stem: content}).items():
            path = FIXTURES / "documents" / f"{stem}.pdf"
            cells = list_cells(variant)
            if path.exists() and cells:
                with pypdfium2.PdfDocument(path) as pdf:
                    yield KnownTables(path, len(pdf), cells)


def list_cells(content: Content) -> Counter[str]:
    """Texts of the filled cells of all tables of a content, as printed, white space left out."""
    texts = (
        "".join(words for kind, words in split_changes(strip_marks(box.text)) if kind != "deleted")
        for block in content.blocks
        if isinstance(block, Grid)
        for box in block.boxes
    )
    return Counter(filter(None, (squeeze(text.replace(LINE_BREAK, "")) for text in texts)))


def squeeze(text: str) -> str:
    """The text for comparison: no white space, and characters for radicals that look like them."""
    return restore_characters("".join(text.split()))


def run_tool(tool: str, python: Path, known: Sequence[KnownTables]) -> Score | None:
    """Read all files with one library; None where it is not installed."""
    asked = json.dumps([str(each.path) for each in known])
    command = [str(python), str(SCRIPT), tool]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(f"{tool}: {done.stderr.strip()}")
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"path"')]
    found = [
        (each.cells & Counter(squeeze(cell) for cell in answer["cells"])).total()
        for each, answer in zip(known, answers, strict=True)
    ]
    totals = [each.cells.total() for each in known]
    return Score(
        tool,
        sum(found),
        sum(totals),
        sum(one == other for one, other in zip(found, totals, strict=True)),
        len(known),
        sum(each.pages for each in known) / sum(answer["seconds"] for answer in answers),
    )


def main(peers_python: Path) -> None:
    """Print what each library found, how fast, as lines of a Markdown table."""
    known = list(list_known())
    pages = sum(each.pages for each in known)
    print(f"{len(known)} PDFs, {pages} pages, {sum(k.cells.total() for k in known)} filled cells\n")
    print("| | cells right | files without a miss | pages a CPU second |")
    print("|---|--:|--:|--:|", flush=True)
    missing: list[str] = []
    for tool in TOOLS:
        score = run_tool(tool, Path(sys.executable) if tool == OURS else peers_python, known)
        if score is None:
            missing.append(tool)
            continue
        print(
            f"| {tool} | {score.found / score.total:.2%} | {score.whole_files} of {score.files} "
            f"| {score.pages_per_s:.1f} |",
            flush=True,
        )
    for tool in missing:
        print(f"\n{tool} is not installed beside the peers and was left out.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
