"""The steps of the guide, in their order. Each can be taken again later, among the settings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.forms import Text
from tillit.register.choices import Side
from tillit.site.forms.agreement import AgreementForm
from tillit.site.forms.backups import BackupsForm
from tillit.site.forms.base import StepForm
from tillit.site.forms.logo import LogoForm
from tillit.site.forms.mail import MailForm
from tillit.site.forms.party import CivilPartyForm, PublicPartyForm
from tillit.site.forms.responsibility import ResponsibilityForm
from tillit.site.state import State


@dataclass(frozen=True)
class Step:
    """`name` stands in the address. What `may_wait` tells what doesn't work until it is done."""

    name: str
    title: Text
    lede: Text
    form: type[StepForm]
    is_done: Callable[[State], bool]
    may_wait: Text = ""
    above: str = ""  # a template that stands above the form

    @property
    def url(self) -> str:
        """Where it is taken in the guide."""
        return reverse("site:guide-step", args=[self.name])

    @property
    def settings_url(self) -> str:
        return reverse("site:setting", args=[self.name])


STEPS = (
    Step(
        "avtalet",
        _("The agreement"),
        _("What it is called and where it holds. Both parties' names follow."),
        AgreementForm,
        lambda state: state.installation is not None,
    ),
    Step(
        "ideburen-part",
        _("The civil party"),
        _("Which organisation stands for this side, and which one keeps its secretariat."),
        CivilPartyForm,
        lambda state: state.has_party(Side.CIVIL),
    ),
    Step(
        "offentlig-part",
        _("The public party"),
        _("Which organisation stands for this side, and which one keeps its secretariat."),
        PublicPartyForm,
        lambda state: state.has_party(Side.PUBLIC),
    ),
    Step(
        "logotyp",
        _("Logo"),
        _("Shown above every page, on the start page and in mails."),
        LogoForm,
        lambda state: bool(state.installation and state.installation.logo),
        may_wait=_("Until then pages and mails carry the mark of Tillit."),
        above="site/parts/logo.html",
    ),
    Step(
        "epost",
        _("E-mail"),
        _("Which server sends mail, and in whose name. Sign-in codes and invitations go by it."),
        MailForm,
        lambda state: state.mail_works,
        may_wait=_(
            "Until then no sign-in code and no letter arrives, and an invitation is a link that you"
            " give yourself."
        ),
        above="site/parts/mail_said.html",
    ),
    Step(
        "personuppgifter",
        _("Responsibility"),
        _("Who keeps the installation running, and who answers for the personal data in it."),
        ResponsibilityForm,
        lambda state: bool(state.installation and state.installation.contact),
        may_wait=_("Until then the page about personal data can't say who is responsible."),
    ),
    Step(
        "sakerhetskopior",
        _("Backups"),
        _("Where copies of everything are kept, and who can open them."),
        BackupsForm,
        lambda state: state.has_backups,
        may_wait=_("Until then no copies are made: if the server breaks, all is lost."),
        above="site/parts/backups.html",
    ),
)


def step_named(name: str) -> Step:
    """Raises Http404."""
    found = next((step for step in STEPS if step.name == name), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Standing:
    """A step and how it stands, for the list of steps."""

    number: int
    step: Step
    is_done: bool
    is_postponed: bool
    is_current: bool
    is_open: bool  # whether one may go there already


class Progress:
    """Where in the guide one is. One may go back to any step, and on to the first that isn't done."""

    def __init__(self, state: State, current: str = "") -> None:
        self.state, self.current = state, current

    @cached_property
    def standings(self) -> list[Standing]:
        return list(self._standings())

    def _standings(self) -> Iterator[Standing]:
        is_open = True
        for number, step in enumerate(STEPS, 1):
            done, postponed = step.is_done(self.state), step.name in self.state.postponed
            current = step.name == self.current
            yield Standing(number, step, done, postponed and not done, current, is_open)
            is_open = is_open and (done or postponed or bool(step.may_wait))

    @property
    def next(self) -> Step | None:
        """The first step that is neither done nor left for later."""
        left = (it for it in self.standings if not it.is_done and not it.is_postponed)
        return next((it.step for it in left), None)

    @property
    def must(self) -> Step | None:
        """The first step that can't wait and isn't done."""
        return next((it for it in STEPS if not it.may_wait and not it.is_done(self.state)), None)

    def after(self, step: Step) -> Step | None:
        """The step to go on to: the next in order, if any before it must be done that one."""
        place = STEPS.index(step) + 1
        return self.must or (STEPS[place] if place < len(STEPS) else self.next)

    def before(self, step: Step) -> Step | None:
        place = STEPS.index(step)
        return STEPS[place - 1] if place else None

    @property
    def number(self) -> int:
        return next((it.number for it in self.standings if it.is_current), len(STEPS))

    @property
    def count(self) -> int:
        return len(STEPS)
