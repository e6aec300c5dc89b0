"""Where in the register a person is, and who answers for it."""

from tillit.register.models import Contact, Mandate, Organisation, Person, Role, Secretariat


def organisations_of(person: Person) -> list[Organisation]:
    """Those in which the person has, or had, a role, a mandate or a contact."""
    ties = [
        model.objects.filter(person=person).order_by().values("organisation")
        for model in (Role, Mandate, Contact)
    ]
    found = Organisation.objects.filter(pk__in=ties[0].union(*ties[1:]))
    return list(found.select_related("secretariat__organisation"))


def secretariat_of_all(person: Person) -> Secretariat | None:
    """The one secretariat that looks after all of them, if there is one.

    What a protected organisation is, its secretariat doesn't see, so that is for administrators;
    and so are persons on both sides, since neither side may decide for the other.
    """
    keepers = {
        None if it.protected or it.secretariat is None else it.secretariat
        for it in organisations_of(person)
    }
    return next(iter(keepers)) if len(keepers) == 1 else None
