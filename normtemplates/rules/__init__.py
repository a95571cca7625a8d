"""What can be wrong with a returned overview: a registry, and one rule per module.

Every module called ``nt###_…`` holds one rule, a unit with a code, a reason, a remedy and its
own examples; :mod:`~normtemplates.rules.registry` finds them, so there is no list to keep. Most
rules look at one file; those of :mod:`~normtemplates.rules.round` at all files together.
"""

from normtemplates.rules.context import Context
from normtemplates.rules.facts import facts_of
from normtemplates.rules.registry import (
    FileRule,
    Rule,
    all_rules,
    file_rules,
    mended_texts,
    rule_of,
    run,
    withheld_codes,
)
from normtemplates.rules.round import Inbox, RoundRule, round_rules, run_round

__all__ = [
    "Context",
    "FileRule",
    "Inbox",
    "RoundRule",
    "Rule",
    "all_rules",
    "facts_of",
    "file_rules",
    "mended_texts",
    "round_rules",
    "rule_of",
    "run",
    "run_round",
    "withheld_codes",
]
