"""What can be wrong with a returned overview: a registry, and one rule per module.

Every module called ``nt###_…`` holds one rule, a unit with a code, a reason, a remedy and its
own examples; :mod:`~normtemplates.rules.registry` finds them, so there is no list to keep.
"""

from normtemplates.rules.context import Context
from normtemplates.rules.registry import Rule, all_rules, rule_of, run

__all__ = ["Context", "Rule", "all_rules", "rule_of", "run"]
