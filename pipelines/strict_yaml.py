"""YAML that people write, read so that no mistake in it passes silently.

Belongs here: refusing what the YAML library lets pass (a key given twice, aliases, endless nesting)
and everything else that keeps a file from being read, each as a sentence.
Does not belong here: what the keys of a file mean.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 4_000_000
"""People do not write more than this; a larger file is something else under a wrong name."""
MOST_DEPTH = 20
"""Lists in lists in lists: no file of the project nests deeper than four."""


class YamlProblem(Exception):
    """The file cannot be used; the message is a clause that says why and where."""


class _StrictLoader(yaml.SafeLoader):
    """The safe loader, without what lets a small text become endless or a line go unread."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        line = self.get_mark().line + 1
        if self.check_event(yaml.AliasEvent):
            raise YamlProblem(f"line {line}: aliases (`*name`) are not allowed here")
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise YamlProblem(f"line {line}: nested more than {MOST_DEPTH} levels deep")
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlProblem(f"line {key.start_mark.line + 1}: a key must be a plain word")
            name = (key.tag, key.value)
            if name in seen:
                raise YamlProblem(
                    f"line {key.start_mark.line + 1}: the key `{key.value}` is given twice"
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; None where there is no such file or nothing in it.

    Raises:
        YamlProblem: it is there and cannot be used.
    """
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise YamlProblem("it is a folder or a device, not a file: move it away")
        if path.stat().st_size > MOST_BYTES:
            raise YamlProblem(f"it is larger than {MOST_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise YamlProblem(
            f"not readable as YAML: byte {error.start + 1} is no UTF-8. Save it as UTF-8"
        ) from error
    except OSError as error:
        raise YamlProblem(f"it cannot be opened ({error.strerror})") from error
    return parse_yaml(text)


def parse_yaml(text: str) -> Any:
    """The content of a YAML text.

    Raises:
        YamlProblem: it is no YAML, or has what is refused here.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise YamlProblem(f"not readable as YAML: {error}") from error
