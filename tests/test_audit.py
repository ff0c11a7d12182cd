"""`make audit` tells what was looked at, and never takes silence for an all-clear."""

from __future__ import annotations

import importlib.util
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLAW = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
GOOD = {"name": "good", "version": "1.0", "vulns": []}
BAD = {"name": "bad", "version": "1.0", "vulns": [FLAW]}
UNKNOWN = {"name": "own", "skip_reason": "not found"}

MakeAuditor = Callable[..., str]


@pytest.fixture(scope="module")
def audit(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", project_root / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def make_auditor(tmp_path: Path) -> MakeAuditor:
    """Makes a stand-in for pip-audit that answers, for each database, these dependencies."""

    def make(**answers: list[dict[str, Any]] | None) -> str:
        program = tmp_path / "pip-audit"
        program.write_text(
            f"#!{sys.executable}\nimport json, sys\n"
            f"answers = json.loads({json.dumps(json.dumps(answers))})\n"
            "words = sys.argv\n"
            "found = answers[words[words.index('--vulnerability-service') + 1]]\n"
            "if found is None: sys.exit('no such host')\n"
            "path = words[words.index('--output') + 1]\n"
            "open(path, 'w').write(json.dumps({'dependencies': found}))\n"
            "print('No known vulnerabilities found')\n"
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return str(program)

    return make


@pytest.mark.parametrize(
    ("osv", "pypi", "status", "told"),
    [
        ([GOOD], None, 0, "1 packages looked at: no known vulnerability, by the OSV database"),
        (None, [GOOD], 0, "the OSV database cannot be reached"),
        ([GOOD, BAD], None, 1, "bad 1.0: PYSEC-1 (CVE-1), mended in 2.0"),
        (None, [BAD, UNKNOWN], 1, "1 known vulnerabilities, by the package index"),
        (
            None,
            [GOOD, UNKNOWN],
            2,
            "the package index looked at 1 packages and knows nothing of 1: own",
        ),
        (None, [UNKNOWN], 2, "This tells nothing of vulnerabilities"),
        (None, None, 2, "the package index cannot be reached"),
    ],
)
def test_only_what_was_looked_at_counts(
    audit: ModuleType,
    make_auditor: MakeAuditor,
    capsys: pytest.CaptureFixture[str],
    *,
    osv: list[dict[str, Any]] | None,
    pypi: list[dict[str, Any]] | None,
    status: int,
    told: str,
) -> None:
    assert audit.main(make_auditor(osv=osv, pypi=pypi), "requirements.lock") == status
    assert told in capsys.readouterr().out


def test_the_auditor_is_pinned_like_everything_else(project_root: Path) -> None:
    lock = (project_root / ".ci" / "audit.lock").read_text()
    assert "pip-audit==" in lock
    assert lock.count("--hash=sha256:") >= lock.count("==")
