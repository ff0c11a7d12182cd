"""Rules for what may be published, and the engine that holds a file against them."""

from pipelines.checks.rules import Expects, Layer, Rule, Severity, load_rules
from pipelines.checks.runner import (
    CheckFailedToRunError,
    Outcome,
    import_in_background,
    run_checks,
)

__all__ = [
    "CheckFailedToRunError",
    "Expects",
    "Layer",
    "Outcome",
    "Rule",
    "Severity",
    "import_in_background",
    "load_rules",
    "run_checks",
]
