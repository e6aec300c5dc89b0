"""Persons with their roles, from a list or an address book."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bringing import Alike, Confirmed, Fate, Found, Kind, Setting, Values
from tillit.kit.changes import new_key
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link
from tillit.kit.loading.resolving import chunks
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.kit.swedish import fold
from tillit.kit.together import Together
from tillit.register import rules
from tillit.register.bringing import fields
from tillit.register.bringing.people import Someone, someone_of
from tillit.register.bringing.recognising import MOST_ALIKE, side_of
from tillit.register.bringing.writing import organisations_by_key
from tillit.register.likeness.acquaintances import Known, known_in_register, most_alike
from tillit.register.likeness.candidates import alike_in_register
from tillit.register.likeness.evidence import Likeness, Verdict
from tillit.register.likeness.organisations import Profile
from tillit.register.likeness.persons import Figure, spelled
from tillit.register.models import Contact, Organisation, Person, Role


class Persons(Kind):
    name = "persons"
    title = gettext_lazy("Persons with their roles")
    text = gettext_lazy(
        "Everybody sees name and role. Addresses are seen by the organisation and its secretariat. "
        "Bring in only persons who hold a role in public, and who know that they are entered."
    )
    fields = (
        *(fields.PERSON, fields.FIRST, fields.MIDDLE, fields.LAST, fields.ORGANISATION),
        *(fields.ROLE, fields.MAIL, fields.PHONE, fields.SINCE, fields.UNTIL),
    )

    def may(self, viewer: Viewer) -> bool:
        return rules.may_bring_in(viewer)

    def lock(self) -> None:
        one_at_a_time("register.person.key")

    def recognise(self, rows: Sequence[Values], setting: Setting) -> list[Found]:
        people = people_of(rows, setting)
        known = known_in_register([it.figure for it in people], setting.viewer)
        earlier: dict[str, list[int]] = defaultdict(list)
        found = []
        for at, it in enumerate(people):
            row = Found(it.name, it.shown, list(it.remarks), fault=fault_of(it, setting))
            if not row.fault:
                row.alike = [of_register(*each) for each in known[at][:MOST_ALIKE]]
                row.alike += of_list(it.figure, earlier[spelled(it.name)], people)
            earlier[spelled(it.name)].append(at)
            found.append(row)
        return found

    def changed_since(self, rows: Sequence[Confirmed], setting: Setting) -> set[int]:
        new = [row for row in rows if row.fate == Fate.NEW]
        people = people_of([row.values for row in new], setting)
        known = known_in_register([it.figure for it in people], setting.viewer, misspelled=False)
        return {row.number for row, each in zip(new, known, strict=True) if is_news(row, each)}

    def write(self, rows: Sequence[Confirmed], setting: Setting, it: Together) -> Sequence[Link]:
        said = people_of([row.values for row in rows], setting)
        people = {row.number: it for row, it in zip(rows, said, strict=True)}
        known = persons_by_key({row.key for row in rows if row.key}, setting)
        written: dict[int, Person] = {}
        new = [row for row in rows if row.fate == Fate.NEW]
        made = [Person(key=new_key(), name=people[row.number].name) for row in new]
        it.create_all(made)
        written |= {row.number: person for row, person in zip(new, made, strict=True)}
        for row in sorted(rows, key=lambda row: row.number):
            if row.fate == Fate.SAME:
                written[row.number] = same_as(row, known, written)
            if row.fate != Fate.SKIP:
                write_facts(people[row.number], written[row.number], setting, it, row.number)
        return [Link(_("Persons"), reverse("register:persons"))]


def people_of(rows: Sequence[Values], setting: Setting) -> list[Someone]:
    """What the rows say, with the organisations that they are taken to mean."""
    people = [someone_of(values) for values in rows]
    names = sorted({it.organisation_name for it in people if it.organisation_name})
    alike = alike_in_register(
        [Profile.named(name) for name in names], [side_of(setting)], setting.viewer, setting.day
    )
    likely = {
        name: found[0][0].key
        for name, found in zip(names, alike, strict=True)
        if found and found[0][1].verdict is Verdict.LIKELY
    }
    stored = organisations_by_key({*likely.values()}, setting)
    for it in people:
        it.organisation = stored.get(likely.get(it.organisation_name, ""))
        if it.organisation and fold(it.organisation.name) != fold(it.organisation_name):
            said = _("“%(written)s” is taken to be %(name)s.")
            words = {"written": it.organisation_name, "name": it.organisation.name}
            it.remarks.append(said % words)
    return people


def fault_of(it: Someone, setting: Setting) -> str:
    """Why the row can't be brought in."""
    if it.fault:
        return it.fault
    if it.organisation is None:
        said = _("No organisation of your side is called “%(name)s”. Bring it in first.")
        return said % {"name": it.organisation_name}
    if not rules.may_edit(setting.viewer, it.organisation):
        return _("You don't look after %(name)s.") % {"name": it.organisation.name}
    return ""


def of_register(figure: Figure, likeness: Likeness) -> Alike:
    return Alike(
        key=figure.key,
        title=", ".join([figure.name, *sorted({it.name for it in figure.services})]),
        url=reverse("register:person", args=[figure.key]),
        is_likely=likeness.verdict is Verdict.LIKELY,
        speaks_for=likeness.speaks_for,
        speaks_against=likeness.speaks_against,
    )


def of_list(figure: Figure, places: Iterable[int], people: Sequence[Someone]) -> list[Alike]:
    """The earlier rows that may be the same person, in another role."""
    by_figure = {id(people[place].figure): place for place in places}
    alike = most_alike(figure, (people[place].figure for place in by_figure.values()))
    said = _("row %(number)s, %(name)s")
    return [
        Alike(
            key="",
            title=said % {"number": by_figure[id(other)] + 1, "name": other.name},
            row=by_figure[id(other)] + 1,
            is_likely=likeness.verdict is Verdict.LIKELY,
            speaks_for=likeness.speaks_for,
            speaks_against=likeness.speaks_against,
        )
        for other, likeness in alike[:MOST_ALIKE]
    ]


def is_news(row: Confirmed, known: Known) -> bool:
    """Whether somebody has come who is likely the same and whom nobody was shown."""
    return any(it.verdict is Verdict.LIKELY and who.key not in row.shown for who, it in known)


def persons_by_key(keys: Iterable[str], setting: Setting) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for chunk in chunks(keys):
        rows = Person.objects.known_to(setting.viewer).filter(key__in=chunk)
        found |= {it.key: it for it in rows}
    return found


def same_as(row: Confirmed, known: dict[str, Person], written: dict[int, Person]) -> Person:
    found = known.get(row.key) if row.key else written.get(row.row)
    if found is None:
        said = _("Row %(number)s: what it is the same as is no longer there.")
        raise Refused(said % {"number": row.number}, 409)
    return found


def write_facts(who: Someone, person: Person, setting: Setting, it: Together, number: int) -> None:
    """The role and the address, unless they are there already."""
    if fault := fault_of(who, setting):
        said = _("Row %(number)s: %(fault)s")
        raise Refused(said % {"number": number, "fault": fault}, 409)
    own = {"organisation": who.organisation, "person": person}
    period = {"start": who.since, "end": who.until}
    seen = {} if who.since or who.until else {"seen": setting.on or setting.day.isoformat()}
    key = who.organisation.key if who.organisation else ""
    if not Role.objects.filter(kind=who.kind, title=role_title(who), **own).exists():
        role = Role(kind=who.kind, title=role_title(who), **own, **period, **seen)
        role.key = new_key(f"{key}.{role.noun}")
        it.create(role)
    if (who.mail or who.phone) and may_keep(who.organisation, setting):
        told = {"email": who.mail, "phone": who.phone}
        if not Contact.objects.filter(**own, **told).exists():
            contact = Contact(kind=who.kind, **own, **told, **period, **seen)
            contact.key = new_key(f"{key}.{contact.noun}")
            it.create(contact)


def may_keep(organisation: Organisation | None, setting: Setting) -> bool:
    return organisation is not None and rules.may_keep_contacts(setting.viewer, organisation)


def role_title(who: Someone) -> str:
    """The title as it is written, unless the kind says the same."""
    return "" if fold(who.title) == fold(str(who.kind.label)) else who.title
