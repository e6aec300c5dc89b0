"""What one says no to: a kind of letter from one sender, and from no other."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tillit.kit.contributions import Text
from tillit.letters.choices import Kind
from tillit.register.models import Organisation

SEPARATOR = "."
OPTIONAL = (Kind.NEWS, Kind.INVITATION)


def topic_of(kind: str, sender: Organisation) -> str:
    """What one says no to. To what everybody must have, nobody can."""
    return f"{kind}{SEPARATOR}{sender.pk}" if kind in OPTIONAL else ""


def title_for(kind: str, sender: Organisation) -> str:
    """The topic in words."""
    words = {
        Kind.NEWS: _("news from %(organisation)s"),
        Kind.INVITATION: _("invitations from %(organisation)s"),
    }
    return words[Kind(kind)] % {"organisation": sender.name}


def title_of(topic: str) -> str:
    """By the topic; of a sender that is gone, the kind alone. Raises KeyError if it is none of ours."""
    kind, separator, number = topic.partition(SEPARATOR)
    if kind not in OPTIONAL or not (separator and number.isdecimal()):
        raise KeyError(topic)
    sender = Organisation.objects.filter(pk=int(number)).first()
    return title_for(kind, sender) if sender else str(Kind(kind).label)


class Topics(Mapping[str, Text]):
    """All topics that letters have had or can have. Too many to count: they are told one by one."""

    def __getitem__(self, topic: str) -> Text:
        return title_of(topic)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
