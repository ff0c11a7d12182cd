"""Rules for what may be published, and the engine that holds a file against them."""

from pipelines.checks.rules import Expects, Layer, Rule, Severity, load_rules
from pipelines.checks.runner import (
    CheckFailedToRunError,
    Outcome,
    find_documents_to_hold,
    find_faults_of_the_file,
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
    "find_documents_to_hold",
    "find_faults_of_the_file",
    "import_in_background",
    "load_rules",
    "run_checks",
]
