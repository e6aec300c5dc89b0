from tillit.records.views.check import check
from tillit.records.views.delivery import delivery
from tillit.records.views.editing import change, new_record, number, removal
from tillit.records.views.record import record
from tillit.records.views.records import record_list
from tillit.records.views.retention import new_rule, rule, rule_removal, rules
from tillit.records.views.signing import asking, new_copy, signing, taking_back
from tillit.records.views.steps import step, weeding

__all__ = [
    "asking",
    "change",
    "check",
    "delivery",
    "new_copy",
    "new_record",
    "new_rule",
    "number",
    "record",
    "record_list",
    "removal",
    "rule",
    "rule_removal",
    "rules",
    "signing",
    "step",
    "taking_back",
    "weeding",
]
