"""What one says no to: a kind of letter from one sender, and from no other."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tillit.kit.contributions import Text
from tillit.letters.choices import Kind
from tillit.register.models import Organisation

SEPARATOR = "."
OPTIONAL = (Kind.NEWS, Kind.INVITATION)


def topics_of(organisation: Organisation) -> list[str]:
    return [f"{kind}{SEPARATOR}{organisation.pk}" for kind in OPTIONAL]


def title_of(topic: str) -> str:
    """The topic in words; of a sender that is gone, the kind alone. Raises KeyError if none of ours."""
    kind, separator, number = topic.partition(SEPARATOR)
    if kind not in OPTIONAL or not (separator and number.isdecimal()):
        raise KeyError(topic)
    sender = Organisation.objects.filter(pk=int(number)).first()
    if sender is None:
        return str(Kind(kind).label)
    if kind == Kind.NEWS:
        return _("news from %(organisation)s") % {"organisation": sender.name}
    return _("invitations from %(organisation)s") % {"organisation": sender.name}


class Topics(Mapping[str, Text]):
    """All topics that letters have had or can have. Too many to count: they are told one by one."""

    def __getitem__(self, topic: str) -> Text:
        return title_of(topic)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
