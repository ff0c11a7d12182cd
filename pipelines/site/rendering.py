"""Templates to pages: the environment, and the one function through which every page goes.

Belongs here: how templates are found, escaped and called. Does not belong here: what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

from pipelines.site.addresses import link, matrix_path, plan_path, promise_path
from pipelines.site.markup import Counted, Markups, Of


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders templates; everything that a source said is escaped."""

    environment: Environment

    def render(self, template: str, path: str, **said: Any) -> str:
        """The page that is to stand at `path`. Raises UndefinedError for what is not said."""
        return self.environment.get_template(template).render(here=path, **said)


def make_renderer(markups: Markups, **known: Any) -> Renderer:
    """A renderer whose templates know `known` on every page."""
    environment = Environment(
        loader=PackageLoader("pipelines.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "say": markups.say,
        "label": markups.label,
        "both": markups.both,
        "words": markups.words,
        "source": markups.source_text,
        "number": markups.number,
        "percent": markups.percent,
        "quantity": markups.quantity,
        "unit": markups.unit,
        "day": markups.day,
        "place_in_words": markups.place_in_words,
        "place_part": markups.place_part,
        "paper": markups.paper,
        "figures": markups.figures,
        "Of": Of,
        "Counted": Counted,
        "promise_path": promise_path,
        "plan_path": plan_path,
        "matrix_path": matrix_path,
        "url": _url,
        "cell": _cell_link(markups),
        "line_link": _line_link(markups),
        **known,
    }
    return Renderer(environment)


@pass_context
def _url(context: jinja2.runtime.Context, to: str, fragment: str = "") -> str:
    """A relative address, as the page that is being rendered has to name it."""
    return link(to, context["here"], fragment)


def _cell_link(markups: Markups) -> Any:
    @pass_context
    def cell(context: jinja2.runtime.Context, figure_id: str | None, inner: Any = "") -> Any:
        return markups.figure_link(figure_id, context["here"], inner)

    return cell


def _line_link(markups: Markups) -> Any:
    @pass_context
    def line(context: jinja2.runtime.Context, row: Any) -> Any:
        place = markups.paper.of_line(row.document_id, row.page, row.table_no, row.row_no)
        return markups.line_link(place, context["here"])

    return line
