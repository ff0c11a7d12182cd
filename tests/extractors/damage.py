"""Overwrites 16 bytes of a stream at a time, and tells how the file is read afterwards.

    python -m tests.extractors.damage --trials 1000

What a checksum vouches for must never be read differently without a word. Streams without one
cannot be held to that; the table tells, kind by kind, how far other checks reach.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from extractors import Document, DocumentError, read_document

DOCUMENTS = Path(__file__).parent.parent / "fixtures" / "documents"
WIDTH = 16
_STREAM = re.compile(
    rb"obj\b((?:(?!\bobj\b).){0,2000}?)\bstream\r?\n(.*?)\r?\nendstream", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file that belong together: where they lie, and what they are."""

    kind: str
    start: int
    end: int


def list_streams(data: bytes) -> Iterator[Stretch]:
    """The streams of a PDF that are not encrypted, by what their dictionaries say."""
    maps = set(re.findall(rb"/ToUnicode (\d+) 0 R", data))
    for match in _STREAM.finditer(data):
        number = data[: match.start()].split()[-2:][0]
        kind = "map" if number in maps else _name_kind(match[1])
        spelled = "compressed" if b"/FlateDecode" in match[1] else "plain"
        yield Stretch(f"{kind}, {spelled}", match.start(2), match.end(2))


def _name_kind(dictionary: bytes) -> str:
    for mark, kind in (
        (b"/ObjStm", "objects"),
        (b"/XRef", "cross references"),
        (b"/Image", "picture"),
        (b"/Length1", "font program"),
        (b"/CIDFontType0C", "font program"),
        (b"/Type1C", "font program"),
        (b"/Form", "form"),
        (b"/Metadata", "metadata"),
    ):
        if mark in dictionary:
            return kind
    return "content or shape"


def list_members(data: bytes) -> Iterator[Stretch]:
    """The members of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            start = member.header_offset + 30 + len(member.filename.encode())
            yield Stretch("Word part", start, start + member.compress_size)


def spell_out(path: Path) -> bytes:
    """The PDF with its streams uncompressed: nothing vouches for them."""
    target = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(
            target,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
    return target.getvalue()


def overwrite(data: bytes, stretch: Stretch, chance: random.Random) -> bytes:
    """The file with up to 16 bytes of the stretch replaced by others."""
    width = min(WIDTH, stretch.end - stretch.start)
    at = chance.randrange(stretch.start, stretch.end - width + 1)
    return data[:at] + chance.randbytes(width) + data[at + width :]


def judge(sound: Document, path: Path) -> str:
    """How the damaged file is read: refused, told, the same, or otherwise without a word."""
    try:
        damaged = read_document(path)
    except DocumentError:
        return "refused"
    if (damaged.blocks, damaged.characters) == (sound.blocks, sound.characters):
        return "same"
    return "told" if damaged.omissions != sound.omissions else "silent"


def list_sources(most_bytes: int) -> list[Path]:
    """The fixture documents up to a size, which bounds what a trial costs."""
    return [
        path
        for path in sorted(DOCUMENTS.iterdir())
        if path.suffix in (".pdf", ".docx") and path.stat().st_size <= most_bytes
    ]


def run_trials(
    sources: Sequence[Path], trials: int, seed: int, *, plain: bool = False
) -> Counter[tuple[str, str]]:
    """How often each kind of stream was read in which way."""
    chance = random.Random(seed)
    counts: Counter[tuple[str, str]] = Counter()
    held: dict[Path, tuple[bytes, Document, dict[str, list[Stretch]]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for trial in range(trials):
            source = chance.choice(sources)
            if source not in held:
                held[source] = _prepare(source, Path(folder), plain=plain)
            data, sound, stretches = held[source]
            kind = chance.choice(sorted(stretches))
            path = Path(folder) / f"{trial}{source.suffix}"
            path.write_bytes(overwrite(data, chance.choice(stretches[kind]), chance))
            counts[kind, judge(sound, path)] += 1
            path.unlink()
    return counts


def _prepare(
    source: Path, folder: Path, *, plain: bool
) -> tuple[bytes, Document, dict[str, list[Stretch]]]:
    data = spell_out(source) if plain else source.read_bytes()
    found = list_members(data) if source.suffix == ".docx" else list_streams(data)
    stretches: dict[str, list[Stretch]] = {}
    for stretch in found:
        if stretch.end > stretch.start:
            stretches.setdefault(stretch.kind, []).append(stretch)
    path = folder / source.name
    path.write_bytes(data)
    return data, read_document(path), stretches


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-bytes", type=int, default=60_000)
    parser.add_argument("--plain", action="store_true", help="streams without checksums")
    options = parser.parse_args()
    sources = list_sources(options.most_bytes)
    if options.plain:
        sources = [path for path in sources if path.suffix == ".pdf"]
    counts = run_trials(sources, options.trials, options.seed, plain=options.plain)
    ways = ("refused", "told", "same", "silent")
    print(f"{'':30}" + "".join(f"{way:>10}" for way in ways))
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:30}" + "".join(f"{counts[kind, way]:10}" for way in ways))


if __name__ == "__main__":
    main()
