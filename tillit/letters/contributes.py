"""What letters give to the whole."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Contributions, Link, Section
from tillit.letters import keeping, waiting
from tillit.letters.models import Letter
from tillit.letters.rules import may_write_letters
from tillit.letters.topics import Topics

AREA = _("Letters")


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
    sections=[Section(_("Letters"), "letters:letters", 60, may_write_letters)],
    mail_topics=Topics(),
    asked=waiting.asked,
    holdings=waiting.holdings,
    hand_over=waiting.hand_over,
    acts=[
        Act(_("Write letters to contact persons"), may_write_letters, AREA, 60),
        Act(_("Go on with a colleague's draft"), may_write_letters, AREA, 61),
        Act(_("Send a letter, and stop it"), may_write_letters, AREA, 62),
        Act(_("See how it went, and who can't be reached"), may_write_letters, AREA, 63),
    ],
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
)
