"""`retention_rules:` in the files."""

from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.tables import Table
from tillit.records.loading.shapes import RuleShape
from tillit.records.models import RetentionRule
from tillit.register.loading.refs import organisation_ref


class RetentionRules(Table[RuleShape]):
    name = "retention_rules"
    shape = RuleShape
    models = (RetentionRule,)

    def rows(self, entry: Entry[RuleShape], plan: Plan) -> None:
        said = entry.shape
        plan.want(
            RetentionRule,
            entry,
            key=joined(said.keeper, said.kind or "ovriga"),
            values=said.model_dump(include={"kind", "keeping", "years", "basis"}),
            refs={"keeper": organisation_ref(said.keeper, "keeper")},
            cited=said.source,
        )
