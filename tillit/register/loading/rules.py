"""Rules of an organisation's numbers and topics."""

from django.utils.translation import gettext as _

from tillit.kit.loading.plan import Plan
from tillit.register.choices import TopicKind
from tillit.register.models import Identifier, Organisation

KIND_OF = {"themes": TopicKind.THEME, "target_groups": TopicKind.TARGET_GROUP}


def check_numbers(plan: Plan) -> None:
    """Warn of numbers that can't be right. They are kept as the source writes them."""
    for wanted in plan.of(Identifier):
        verdict = wanted.row.verdict
        if not verdict.holds:
            message = f"“{wanted.row.value}”: {verdict.reason}"
            plan.warnings.add(wanted.entry.spot("value"), message, _("kept as it is written"))


def check_topics(plan: Plan) -> None:
    """A target group is no theme."""
    for wanted in plan.of(Organisation):
        for ref, topic in zip(wanted.many["topics"], wanted.sets["topics"], strict=True):
            if topic is not None and topic.kind != KIND_OF[str(ref.path[0])]:
                plan.faults.add(
                    wanted.entry.spot(*ref.path),
                    _("“%(key)s” is of another kind: %(kind)s")
                    % {"key": ref.key, "kind": topic.get_kind_display()},
                    _("move it to the other list"),
                )
