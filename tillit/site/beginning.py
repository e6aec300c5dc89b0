"""How an installation comes to be somebody's: what begins it, the first administrator, and its end."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.actions import account_for
from tillit.accounts.models import User
from tillit.kit.changes import Actor, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.contributions import demo_sign_ins
from tillit.kit.demo import is_demo
from tillit.register.choices import Extent
from tillit.register.models import Mandate, Organisation, Person
from tillit.site import first_code
from tillit.site.forms.first import AdministratorForm
from tillit.site.models import FirstRun, Installation


def begin(now: datetime) -> None:
    """Note once how it begins: by the guide, unless somebody has loaded an installation."""
    loaded = Installation.objects.exists()
    FirstRun.objects.get_or_create(
        pk=FirstRun.ONLY, defaults={"finished_at": now if loaded else None}
    )


def has_administrator(now: datetime) -> bool:
    standing = Mandate.objects.standing(timezone.localdate(now))
    return bool(standing.filter(extent=Extent.ADMINISTER).exists())


def starting(address: str) -> list[str]:
    """What the terminal says when Tillit starts: where to begin, and the code that is needed there."""
    now = timezone.now()
    begin(now)
    if is_demo():
        return demo()
    return [] if has_administrator(now) else invitation(first_code.make(now))


def demo() -> list[str]:
    """As whom a demo is tried, and where its mail is read."""
    names = ", ".join(str(it.title) for it in demo_sign_ins())
    try_as = _("Try it as %(names)s: %(address)s")
    mails = _("The mail that it writes stands here: %(address)s")
    return [
        try_as % {"names": names, "address": f"{settings.TILLIT_URL}{reverse('account_login')}"},
        mails % {"address": f"{settings.TILLIT_URL}{reverse('post:demo-mails')}"},
    ]


def invitation(code: str) -> list[str]:
    told = _("Nobody keeps this installation running yet. Open %(address)s and write the code")
    return [
        "",
        told % {"address": f"{settings.TILLIT_URL}{reverse('site:guide')}"},
        "",
        f"    {code}",
        "",
        _("It can be used once. A new one is made by: tillit code"),
        "",
    ]


def make_administrator(form: AdministratorForm, shown: str, now: datetime) -> User:
    """The first administrator, for a code that is used up by it. Raises first_code.Gone."""
    with transaction.atomic():
        first_code.use(shown, now)
        user = account_for(form.cleaned_data["email"])
        person = person_for(user, form.cleaned_data["name"])
        organisation = form.organisation.save(Actor(person.subject), timezone.localdate(now))
        appoint(person, organisation, now)
    return user


def person_for(user: User, name: str) -> Person:
    found: Person | None = Person.objects.filter(account=user).first()
    if found is not None:
        return found
    person = Person(key=new_key(), name=name, account=user)
    return create(person, Actor(person.subject))


def appoint(person: Person, organisation: Organisation, now: datetime) -> Mandate:
    """Nobody gave this mandate: whoever has the code has the server."""
    mandate = Mandate(
        person=person,
        organisation=organisation,
        extent=Extent.ADMINISTER,
        start=timezone.localdate(now).isoformat(),
        end="..",
        given_by=person.subject,
        given_for=organisation.subject,
        accepted_at=now,
    )
    mandate.key = new_key()
    return create(mandate, Actor(person.subject, organisation.subject), _("by the first code"))


def finish(viewer: Viewer, now: datetime) -> None:
    """The guide is done: the doors open."""
    FirstRun.finish(now, viewer.identity.person)
