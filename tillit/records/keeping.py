"""What records keep about persons: that they signed. Told here, and taken off the person's own row."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import OwnData
from tillit.records.models import Signature

LABELS = {
    "record": _("Record"),
    "organisation": _("Organisation"),
    "name": _("Name"),
    "role": _("Role"),
    "dated": _("Day"),
    "way": _("How it was signed"),
}


def of_person(person: str) -> Any:
    key = person.partition(":")[2]
    rows = Signature.objects.filter(person__key=key) if key else Signature.objects.none()
    return rows.select_related("record", "organisation")


def own_rows(person: str) -> list[dict[str, Any]]:
    return [
        {
            "record": it.record.title,
            "organisation": it.organisation.name,
            "name": it.name,
            "role": it.role,
            "dated": it.dated,
            "way": it.get_way_display(),
        }
        for it in of_person(person)
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("What you have signed"),
        name="signatures",
        why=_("So that it can be shown who bound an organisation, and when."),
        rows=lambda: own_rows(person),
        labels=LABELS,
        ground=_("Legal claims and the keeping of archives: what was signed stands."),
        seen_by=_("Those who may read the record; of a protected organisation, itself alone."),
        kept_for=_("As long as the record."),
        remains=_(
            "The name in the signed file itself, and on the record where whoever decides says that it "
            "must stay there."
        ),
    )


def erase(person: str, account: int | None) -> int:
    """The signature stands; that it leads to the person does not."""
    return int(of_person(person).update(person=None))
