"""What the READMEs tell people to type works: each command, each make target, each query."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.console.command import app
from pipelines.console.summary import Summary, read_summary
from pipelines.run.intake import Folders

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
READMES = tuple(
    ROOT / name
    for name in (
        "README.md",
        "warehouse/README.md",
        "raw/README.md",
        "pipelines/starting/raw/README.md",
    )
)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")


def list_code(readme: Path) -> Iterator[str]:
    """Lines of blocks without their remarks, and what stands between back quotes."""
    text = readme.read_text(encoding="utf-8")
    for language, block in BLOCK.findall(text):
        if language != "sql":
            lines = (re.split(r"\s{2,}#", line)[0] for line in block.splitlines())
            yield from (part.strip() for line in lines for part in line.split("&&"))
    yield from INLINE.findall(BLOCK.sub("", text))


CODE = sorted({code for readme in READMES for code in list_code(readme)})
COMMANDS = [
    words[1:]
    for words in (shlex.split(code) for code in CODE if re.match(r"(\.venv/bin/)?minsheng ", code))
]
TARGETS = sorted({code.split()[1] for code in CODE if re.match(r"make [a-z]", code)})
QUERIES = [
    block
    for readme in READMES
    for language, block in BLOCK.findall(readme.read_text(encoding="utf-8"))
    if language == "sql"
]


@pytest.fixture
def warehouse(refreshed_twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the published file with all that lies beside it, in a folder of one's own."""
    shutil.copytree(refreshed_twice.parent, tmp_path / "warehouse")
    published = tmp_path / "warehouse" / refreshed_twice.name
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINSHENG_RAW", str(ROOT / "raw"))
    monkeypatch.setenv("MINSHENG_WAREHOUSE", str(published))

    def publish_nothing(folders: Folders, _: object) -> Summary:
        return read_summary(folders.warehouse)

    # That a run publishes is tested elsewhere; here it is that the words are understood.
    monkeypatch.setattr("pipelines.run.job.run_refresh_job", publish_nothing)
    return published


def test_there_is_something_to_try() -> None:
    named = {words[0] for words in COMMANDS}
    commands = {one.callback.__name__ for one in app.registered_commands if one.callback}
    assert named == commands | {group.name for group in app.registered_groups}
    assert {"refresh", "test", "audit", "wheel"} <= set(TARGETS)
    assert len(QUERIES) >= 3


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_that_a_readme_names_works(warehouse: Path, words: list[str]) -> None:
    (version,) = (path.stem for path in warehouse.with_name("minsheng.versions").iterdir())
    stand_ins = {
        "VERSION": version,
        "ID": "2023-hangzhou-district-breakdown/6.3",
        "DOCUMENT": "2023-yuhang-voting-list",
    }
    done = CliRunner().invoke(app, [stand_ins.get(word, word) for word in words])
    assert done.exit_code == 0, done.output
    if "--image" in words:
        assert Path(words[words.index("--image") + 1]).stat().st_size > 0


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_a_readme_names_is_there(target: str) -> None:
    assert re.search(rf"^{target}:.* ## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_a_readme_shows_has_an_answer(warehouse: Path, query: str) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute(query).fetchall()
