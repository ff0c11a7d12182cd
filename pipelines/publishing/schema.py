"""The declaration of the warehouse, read from `sql/schema/*.yml`.

Belongs here: the frozen description of schemas, tables, views and columns; the DDL and comments
that follow from it; the data dictionary. Does not belong here: any name of a table or column (they
stand in the YAML files), and what the views say (`sql/<schema>/<view>.sql`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import PipelineError
from pipelines.installation import SQL

SCHEMA_FILES = ("core.yml", "claims.yml", "marts.yml", "quality.yml", "main.yml")
"""In the order in which views can be created: each refers to those before it."""


class SchemaDeclarationError(PipelineError):
    """A file of `sql/schema/` does not say what a declaration has to say (`invalid_schema`)."""

    def __init__(self, message: str) -> None:
        super().__init__("invalid_schema", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its SQL type, and whether it must have a value.

    `filled_by_build`: not a field of the table's record. `is_provenance`: says where a fact stands,
    not what it says. `is_rounded`: a computed quantity, rounded to the places of its type.
    """

    name: str
    type: str
    comment: str
    is_required: bool = False
    is_filled_by_build: bool = False
    is_provenance: bool = False
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `record` names the dataclass that fills it; `fact_id` is a format of key columns."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    record: str | None = None
    fact_id: str | None = None

    @property
    def full_name(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Column names in the order of declaration."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class View:
    """A view; what it says stands in `sql/<schema>/<name>.sql`."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def full_name(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    @property
    def sql_file(self) -> Path:
        """The file with the view's one SELECT."""
        return sql_directory() / self.schema / f"{self.name}.sql"


@dataclass(frozen=True, slots=True)
class Macro:
    """A view with parameters (name and meaning); what it says is in `sql/macros/<name>.sql`."""

    schema: str
    name: str
    comment: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def full_name(self) -> str:
        """`schema.name`."""
        return f"{self.schema}.{self.name}"

    @property
    def sql_file(self) -> Path:
        """The file with the macro's one SELECT."""
        return sql_directory() / "macros" / f"{self.name}.sql"


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema with its tables, views and macros, in the order of declaration."""

    name: str
    comment: str
    tables: tuple[Table, ...]
    views: tuple[View, ...]
    macros: tuple[Macro, ...] = ()

    @property
    def relations(self) -> tuple[Table | View, ...]:
        """Tables, then views."""
        return (*self.tables, *self.views)


def sql_directory() -> Path:
    """The folder `sql/` of the project.

    Raises SchemaDeclarationError where it lies neither beside the package nor within it.
    """
    if not (SQL / "schema").is_dir():
        raise SchemaDeclarationError(
            f"no folder {SQL}: install the project's wheel, or run from a checkout of it"
        )
    return SQL


@cache
def load_schemas() -> tuple[Schema, ...]:
    """All schemas as declared, in the order in which their views can be created.

    Raises SchemaDeclarationError for a key that is not known or a comment that is missing.
    """
    return tuple(_read_schema(sql_directory() / "schema" / name) for name in SCHEMA_FILES)


def find_table(full_name: str) -> Table:
    """The table `schema.name`. Raises SchemaDeclarationError for one that is not declared."""
    for schema in load_schemas():
        for table in schema.tables:
            if table.full_name == full_name:
                return table
    raise SchemaDeclarationError(f"no table {full_name} is declared in sql/schema")


def fact_tables() -> tuple[Table, ...]:
    """The tables of `core` that documents fill: those with a record."""
    return tuple(
        table
        for schema in load_schemas()
        if schema.name == "core"
        for table in schema.tables
        if table.record is not None
    )


def dimension_tables() -> tuple[Table, ...]:
    """The tables of `core` that vocabularies fill."""
    return tuple(
        table
        for schema in load_schemas()
        if schema.name == "core"
        for table in schema.tables
        if table.record is None
    )


def table_statements() -> Iterator[str]:
    """CREATE SCHEMA and CREATE TABLE for all that is declared."""
    for schema in load_schemas():
        yield f"CREATE SCHEMA IF NOT EXISTS {schema.name}"
    for schema in load_schemas():
        for table in schema.tables:
            yield create_table_statement(table)


def create_table_statement(table: Table) -> str:
    """CREATE TABLE with types, NOT NULL and the primary key."""
    parts = [
        f'"{column.name}" {column.type}{" NOT NULL" if column.is_required else ""}'
        for column in table.columns
    ]
    if table.key:
        parts.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in table.key)))
    return "CREATE TABLE {} (\n    {}\n)".format(table.full_name, ",\n    ".join(parts))


def view_statements() -> Iterator[str]:
    """CREATE VIEW for all that is declared, each after those that it refers to."""
    for schema in load_schemas():
        for view in schema.views:
            yield f"CREATE VIEW {view.full_name} AS\n{view.sql_file.read_text(encoding='utf-8')}"


def macro_statements() -> Iterator[str]:
    """CREATE MACRO for all that is declared; what they refer to has to be there."""
    for schema in load_schemas():
        for macro in schema.macros:
            taken = ", ".join(name for name, _ in macro.parameters)
            text = macro.sql_file.read_text(encoding="utf-8")
            yield f"CREATE MACRO {macro.full_name}({taken}) AS TABLE\n{text}"


def comment_statements() -> Iterator[str]:
    """COMMENT ON for every schema's tables, views, columns and macros."""
    for schema in load_schemas():
        for relation in schema.relations:
            kind = "TABLE" if isinstance(relation, Table) else "VIEW"
            yield f"COMMENT ON {kind} {relation.full_name} IS {_quoted(relation.comment)}"
            for column in relation.columns:
                yield (
                    f'COMMENT ON COLUMN {relation.full_name}."{column.name}" '
                    f"IS {_quoted(column.comment)}"
                )
        for macro in schema.macros:
            # The database keeps no comments on parameters.
            said = "; ".join((macro.comment, *(": ".join(one) for one in macro.parameters)))
            yield f"COMMENT ON MACRO TABLE {macro.full_name} IS {_quoted(said)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _read_schema(path: Path) -> Schema:
    declared = yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())
    name = declared["schema"]
    tables = tuple(
        Table(
            schema=name,
            name=table_name,
            comment=_comment_of(table, path, table_name),
            columns=_read_columns(table["columns"], path, table_name),
            key=tuple(table.get("key", ())),
            record=table.get("record"),
            fact_id=table.get("fact_id"),
        )
        for table_name, table in (declared.get("tables") or {}).items()
    )
    views = tuple(
        View(
            schema=name,
            name=view_name,
            comment=_comment_of(view, path, view_name),
            columns=_read_columns(view["columns"], path, view_name),
        )
        for view_name, view in (declared.get("views") or {}).items()
    )
    macros = tuple(
        Macro(
            schema=name,
            name=macro_name,
            comment=_comment_of(macro, path, macro_name),
            parameters=tuple(macro["parameters"].items()),
        )
        for macro_name, macro in (declared.get("macros") or {}).items()
    )
    return Schema(name, _comment_of(declared, path, name), tables, views, macros)


def _loader() -> Any:
    """The parser in C where there is one: ten times as fast, and every start pays for it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _comment_of(declared: Mapping[str, Any], path: Path, name: str) -> str:
    comment = declared.get("comment")
    if not isinstance(comment, str) or not comment.strip():
        raise SchemaDeclarationError(f"{path.name}: {name} has no comment")
    return comment


def _read_columns(
    declared: Mapping[str, Mapping[str, Any]], path: Path, relation: str
) -> tuple[Column, ...]:
    known = {"type", "comment", "required", "filled_by", "provenance", "rounded"}
    columns = []
    for name, column in declared.items():
        unknown = set(column) - known
        if unknown or "type" not in column:
            problem = f"unknown keys {sorted(unknown)}" if unknown else "no type"
            raise SchemaDeclarationError(f"{path.name}: {relation}.{name}: {problem}")
        columns.append(
            Column(
                name=name,
                type=column["type"],
                comment=_comment_of(column, path, f"{relation}.{name}"),
                is_required=bool(column.get("required", False)),
                is_filled_by_build=column.get("filled_by") == "build",
                is_provenance=bool(column.get("provenance", False)),
                is_rounded=bool(column.get("rounded", False)),
            )
        )
    return tuple(columns)
