"""Members of an umbrella, from its list of members."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.bringing import Confirmed as Row
from tillit.kit.bringing import Fate, Found, Setting, Values
from tillit.kit.changes import new_key
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link
from tillit.kit.loading.resolving import chunks
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register import rules
from tillit.register.bringing import fields
from tillit.register.bringing.entry import Entry
from tillit.register.bringing.organisations import Organisations
from tillit.register.bringing.writing import Writing
from tillit.register.models import Membership, Organisation
from tillit.register.people import key_in
from tillit.register.standing import chosen_mandate

MOST_UMBRELLAS = 50


class Memberships(Organisations):
    """Who is no organisation of the register yet becomes one, and a member."""

    name = "memberships"
    title = gettext_lazy("Members of an umbrella organisation")
    text = gettext_lazy(
        "Those that are not in the register are entered on your side. All of them become members. "
        "Everybody sees it; of a shelter nobody else sees place and people."
    )
    fields = (*Organisations.fields, fields.SINCE, fields.UNTIL)
    asks_day = True

    def about(self, viewer: Viewer) -> Sequence[tuple[str, str]]:
        """The umbrellas on whose members the viewer decides, the own organisation first."""
        mandate = chosen_mandate(viewer)
        if mandate is None:
            return []
        own = mandate.organisation
        has_members = Exists(Membership.objects.filter(umbrella=OuterRef("pk")))
        rows = Organisation.objects.visible_to(viewer).filter(secretariat=mandate.secretariat)
        others = rows.filter(has_members).exclude(pk=own.pk).select_related("secretariat")
        known = [own, *others.order_by("sort_key", "key")[:MOST_UMBRELLAS]]
        return [(it.subject, it.name) for it in known if rules.may_decide_membership(viewer, it)]

    def recognise(self, rows: Sequence[Values], setting: Setting) -> list[Found]:
        found = super().recognise(rows, setting)
        keys = {alike.key for it in found for alike in it.alike if alike.key}
        members = members_among(keys, setting)
        for it in found:
            if any(alike.key in members and alike.is_likely for alike in it.alike):
                it.remarks.append(_("It is a member already, and is so but once."))
        return found

    def write(self, rows: Sequence[Row], setting: Setting, it: Together) -> Sequence[Link]:
        umbrella = umbrella_of(setting)
        umbrella_membership = Membership(umbrella=umbrella)
        umbrella_membership.lock()
        act = Writing(rows, setting, it)
        act.write()
        known = members_among({one.key for one in act.written.values()}, setting)
        new: dict[str, Membership] = {}
        for row in sorted(rows, key=lambda row: row.number):
            member = act.written.get(row.number)
            if row.fate != Fate.SKIP and member and member.key not in known | new.keys():
                new[member.key] = membership(umbrella, member, act, row)
        it.create_all([*new.values()])
        return [Link(_("Members"), reverse("register:members", args=[umbrella.key]))]


def membership(umbrella: Organisation, member: Organisation, act: Writing, row: Row) -> Membership:
    """As the list tells it: from and until if it says so, and at least on its day."""
    entry = act.entries[row.number]
    return Membership(
        key=new_key(f"{umbrella.key}.{member.key}"[:180]),
        umbrella=umbrella,
        member=member,
        start=entry.since,
        end=entry.until,
        seen=act.seen if reaches(entry, act.seen) else "",
    )


def reaches(entry: Entry, seen: str) -> bool:
    """Whether the day of the list lies within what the row says of its own."""
    day = read_bound(seen, Edge.START).earliest
    since, until = read_bound(entry.since, Edge.START), read_bound(entry.until, Edge.END)
    return not (entry.since and since.latest > day) and not (entry.until and until.earliest < day)


def umbrella_of(setting: Setting) -> Organisation:
    """The umbrella that the list is of. Raises Refused when the viewer may not decide on its members."""
    rows = Organisation.objects.visible_to(setting.viewer).select_related("secretariat")
    key = key_in(setting.about, Organisation.noun)
    found: Organisation | None = rows.filter(key=key).first()
    if found is None or not rules.may_decide_membership(setting.viewer, found):
        raise Refused(_("You may not decide on the members of that organisation."), 403)
    return found


def members_among(keys: set[str], setting: Setting) -> set[str]:
    """Those of the organisations that have a membership of the umbrella already, of whatever time."""
    umbrella, members = key_in(setting.about, Organisation.noun), set()
    for chunk in chunks(keys):
        rows = Membership.objects.of(umbrella).filter(member__key__in=chunk)
        members |= {*rows.values_list("member__key", flat=True)}
    return members
