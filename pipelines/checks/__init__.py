"""Rules for what may be published, and the engine that holds a file against them."""

from pipelines.checks.rules import Expects, Layer, Rule, Severity, load_rules
from pipelines.checks.runner import (
    CheckFailedToRunError,
    Outcome,
    imported_meanwhile,
    run_checks,
)

__all__ = [
    "CheckFailedToRunError",
    "Expects",
    "Layer",
    "Outcome",
    "Rule",
    "Severity",
    "imported_meanwhile",
    "load_rules",
    "run_checks",
]
