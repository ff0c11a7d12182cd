"""Settings are what the file says, within bounds, or the defaults; never a guess."""

from __future__ import annotations

import pickle
import re
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.run.settings import SETTINGS_FILE, InvalidSettingsError, Settings, read_settings


def write(raw: Path, text: str) -> Path:
    (raw / SETTINGS_FILE).write_text(text, encoding="utf-8")
    return raw


def test_without_a_file_or_with_an_empty_one_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    assert read_settings(write(tmp_path, "# nothing\n")) == Settings()


def test_what_is_set_holds_and_the_rest_is_as_by_default(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, "most_lost_share: 0.35\nkept_versions: 3\n"))
    assert settings == Settings(most_lost_share=Decimal("0.35"), kept_versions=3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("most_lost_shares: 0.2", "nobody knows `most_lost_shares`"),
        ("kept_versions: 3\nkept_versions: 4", "`kept_versions` is given twice"),
        ("kept_versions: 3.5", "must be a whole number from 0 to 1000"),
        ("kept_versions: -1", "must be a whole number"),
        ("kept_versions: many", "must be a whole number"),
        ("kept_results: ''", "`kept_results` must be the name of a folder"),
        ('kept_results: "a\\0b"', "`kept_results` must be the name of a folder"),
        ("kept_results: [a]", "line 1: must be `name: value`"),
        ("most_lost_share: 20", "must be a number from 0 to 1"),
        ("most_lost_share: .nan", "must be a number"),
        ("most_lost_share: nan", "must be a number"),
        ("kept_versions: [3]", "line 1: must be `name: value`"),
        ("- kept_versions", "`name: value` lines"),
        ("kept_versions: {", "not readable as YAML"),
        ("[" * 5000, "not readable as YAML"),
    ],
)
def test_what_cannot_be_meant_is_an_error(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InvalidSettingsError, match=re.escape(told)):
        read_settings(write(tmp_path, text))


def test_every_problem_is_told_at_once_and_survives_another_process(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read_settings(write(tmp_path, "colour: red\nkept_runs: 1"))
    assert len(refused.value.problems) == 2
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None], ids=["no text", "a folder"])
def test_a_file_that_is_no_text_is_told_in_a_sentence(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / SETTINGS_FILE
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(InvalidSettingsError, match="cannot be read as a text file"):
        read_settings(tmp_path)


def test_the_projects_own_file_shows_every_setting_with_its_default(
    project_root: Path, tmp_path: Path
) -> None:
    shown = (project_root / "raw" / SETTINGS_FILE).read_text(encoding="utf-8")
    lines = re.findall(r"^# (\w+: .+)$", shown, flags=re.MULTILINE)
    assert read_settings(write(tmp_path, "\n".join(lines))) == Settings()
    assert {line.split(":")[0] for line in lines} == {setting.name for setting in fields(Settings)}
