"""What letters give to the whole."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Contributions, Link, Section
from tillit.letters import demo, keeping, waiting
from tillit.letters.models import Letter
from tillit.letters.rules import may_work_on, may_write_letters
from tillit.letters.topics import Topics
from tillit.register.models import Organisation

AREA = _("Letters")


def from_it(organisation: Organisation) -> Letter:
    """A letter of the organisation itself, for the page that tells the rules."""
    return Letter(organisation=organisation)


def from_its_side(organisation: Organisation) -> Letter:
    """A letter of the secretariat that looks after the organisation."""
    kept = organisation.secretariat
    return Letter(organisation=kept.organisation, secretariat=kept) if kept else Letter()


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    parts = (it.partition(":") for it in subjects)
    keys = [key for noun, _colon, key in parts if noun == Letter.noun]
    rows = Letter.objects.visible_to(viewer).filter(key__in=keys) if keys else []
    return {row.subject: Link(row.title, row.get_absolute_url()) for row in rows}


def ways(viewer: Viewer) -> Iterator[Link]:
    if may_write_letters(viewer):
        yield Link(_now("Letters"), reverse("letters:letters"))


contributions = Contributions(
    ways=ways,
    links=links,
    sections=[Section(_("Letters"), "letters:letters", 60, may_write_letters, further=True)],
    mail_topics=Topics(),
    asked=waiting.asked,
    holdings=waiting.holdings,
    hand_over=waiting.hand_over,
    acts=[
        Act(
            _("Write and send a letter from the organisation to its members, or stop it"),
            may_work_on,
            AREA,
            60,
            of=from_it,
        ),
        Act(
            _("Go on with a colleague's letter from the organisation, and see how it went"),
            may_work_on,
            AREA,
            61,
            of=from_it,
        ),
        Act(
            _("Write and send a letter from the secretariat of its side, or stop it"),
            may_work_on,
            AREA,
            62,
            of=from_its_side,
        ),
        Act(
            _("Go on with a colleague's letter from that secretariat, and see how it went"),
            may_work_on,
            AREA,
            63,
            of=from_its_side,
        ),
    ],
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
    populate=demo.populate,
)
