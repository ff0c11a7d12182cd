"""What people type for a fact finds it where it can mean only one, and suggests where it cannot."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.console import finding
from pipelines.console.finding import UnknownFactError, find_fact
from tests.sql.invented_city import build, make_plan, make_promises, make_target


@pytest.fixture(scope="module")
def connection(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("finding") / "city.duckdb"
    build(path, make_plan(), make_plan("other"), make_promises(make_target("third/2/7", 5)))
    with duckdb.connect(str(path)) as opened:
        opened.execute(
            "INSERT INTO quality.former_id VALUES ('target', 'old/9', 'plan/1/1', 'plan', 'run-1')"
        )
        yield opened


def suggest(connection: duckdb.DuckDBPyConnection, typed: str) -> list[str]:
    with pytest.raises(UnknownFactError) as caught:
        find_fact(connection, typed)
    return [one.fact_id for one in caught.value.similar]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plan/1/1", "plan/1/1"),
        (" plan/1/1 ", "plan/1/1"),
        ("old/9", "plan/1/1"),
        ("2/7", "third/2/7"),
        ("OTHER/1/1@990001", "other/1/1@990001"),
        ("plan/1/1@东湖区", "plan/1/1@990001"),
        ("plan/1/1@东湖", "plan/1/1@990001"),
        ("other@东湖", "other/1/1@990001"),
    ],
)
def test_what_can_mean_only_one_fact_is_that_fact(
    connection: duckdb.DuckDBPyConnection, typed: str, meant: str
) -> None:
    assert find_fact(connection, typed) == meant


def test_a_places_name_suggests_its_documents_before_its_targets_and_shares(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    documents, targets = ["other", "plan", "third"], ["other/1/1", "plan/1/1", "third/2/7"]
    assert suggest(connection, "海州市") == documents + targets
    assert suggest(connection, "东湖区") == ["other/1/1@990001", "plan/1/1@990001"]
    assert suggest(connection, "990001") == suggest(connection, "东湖区")


def test_the_end_of_several_ids_suggests_them(connection: duckdb.DuckDBPyConnection) -> None:
    assert suggest(connection, "1/1")[:2] == ["other/1/1", "plan/1/1"]


def test_words_suggest_facts_of_that_name_and_no_bare_numbers(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = suggest(connection, "新增床位")
    assert found[:3] == ["other/1", "plan/1", "third/2"]
    assert not [fact_id for fact_id in found if "figure" in fact_id]
    assert "plan/1/1" in suggest(connection, "床位")


def test_a_misspelt_id_suggests_those_like_it(connection: duckdb.DuckDBPyConnection) -> None:
    assert "plan/1/1" in suggest(connection, "plam/1/1")


@pytest.mark.parametrize("typed", ["", " ", "@", "nothing like it", "%", "'"])
def test_what_means_nothing_is_told_so(connection: duckdb.DuckDBPyConnection, typed: str) -> None:
    with pytest.raises(UnknownFactError, match="No fact has the id"):
        find_fact(connection, typed)


def test_of_many_the_first_are_told_and_the_rest_counted(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_MOST_SUGGESTED", 1)
    with pytest.raises(UnknownFactError, match="and 5 more") as caught:
        find_fact(connection, "海州")
    assert len(caught.value.similar) == 1
