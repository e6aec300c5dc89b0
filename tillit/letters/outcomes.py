"""How it went with a letter: counts of each outcome, each leading to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.letters.choices import Outcome
from tillit.letters.models import Letter

# What each outcome means to who reads it, and the tone of its chip.
MEANS: dict[Outcome, str | Promise] = {
    Outcome.WAITING: _("Has not left yet. It goes by itself."),
    Outcome.SENT: _("The receiver's mail server, or ours on its way there, has taken it."),
    Outcome.BOUNCED: _("Came back: the address doesn't work. Mend the contact."),
    Outcome.REFUSED: _("The mail server said no for good."),
    Outcome.HELD: _("Not sent: they have said no to such letters, or earlier mail came back."),
    Outcome.STOPPED: _("Not sent, since the letter was stopped."),
    Outcome.UNCERTAIN: _("The mail server fell silent: it may have been sent, or not."),
}
TONES: dict[Outcome, str] = {
    Outcome.SENT: "good",
    Outcome.BOUNCED: "bad",
    Outcome.REFUSED: "bad",
    Outcome.UNCERTAIN: "warn",
}


@dataclass(frozen=True)
class Tally:
    """How many recipients have one outcome."""

    outcome: Outcome
    count: int
    url: str

    @property
    def title(self) -> str | Promise:
        return self.outcome.label

    @property
    def means(self) -> str | Promise:
        return MEANS[self.outcome]

    @property
    def tone(self) -> str:
        return TONES.get(self.outcome, "plain")


@dataclass(frozen=True)
class Progress:
    """A letter's outcomes; those that nobody has are left out."""

    tallies: Sequence[Tally]

    @property
    def total(self) -> int:
        return sum(it.count for it in self.tallies)

    @property
    def waiting(self) -> int:
        return self.of(Outcome.WAITING)

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def uncertain(self) -> int:
        return self.of(Outcome.UNCERTAIN)

    def of(self, outcome: Outcome) -> int:
        return sum(it.count for it in self.tallies if it.outcome == outcome)


def progress_of(letter: Letter) -> Progress:
    """One question to the database."""
    rows = letter.recipients.with_outcome().order_by().values_list("outcome")
    counts = dict(rows.annotate(count=Count("pk")))
    page = reverse("letters:recipients", args=[letter.key])
    return Progress(
        [
            Tally(it, counts[it], f"{page}?{urlencode({'outcome': it})}")
            for it in Outcome
            if it in counts
        ]
    )
