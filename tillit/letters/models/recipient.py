"""Who a letter goes to, as it was when the sending began."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircledQuerySet, Viewer
from tillit.kit.fields import FoldedField, SortKeyField
from tillit.kit.models import Row
from tillit.letters.choices import Outcome
from tillit.letters.models.letter import Letter
from tillit.post.models import Message, State
from tillit.register.models import Organisation, Person

ON_ITS_WAY = (State.WAITING, State.TAKEN)
UNSETTLED = Q(message=None) | Q(message__state__in=ON_ITS_WAY)
OUTCOME = Case(
    When(~Q(kept_outcome=""), then=F("kept_outcome")),
    When(message=None, letter__stopped_at__isnull=False, then=Value(Outcome.STOPPED)),
    When(UNSETTLED, then=Value(Outcome.WAITING)),
    default=F("message__state"),
    output_field=models.CharField(),
)
# Where the mails are not, it must be known that there were some: nobody gets a letter twice.
WITHOUT_MAILS = Case(
    When(Q(message=None) | ~Q(kept_outcome=""), then=F("kept_outcome")),
    When(message__state__in=ON_ITS_WAY, then=Value(State.UNCERTAIN)),
    default=F("message__state"),
    output_field=models.CharField(),
)


class RecipientQuerySet(CircledQuerySet):
    def unsettled(self) -> Self:
        return self.filter(UNSETTLED, kept_outcome="")

    def unwritten(self) -> Self:
        """Those who have no mail yet, in their order."""
        return self.filter(message=None, kept_outcome="").order_by("pk")

    def with_outcome(self) -> Self:
        """Each with `outcome`: the state of its mail, or what came before there was one."""
        return self.annotate(outcome=OUTCOME)

    def with_told(self, viewer: Viewer) -> Self:
        """Each with `told`: whether the viewer may know who it is.

        Not when the sender may not see the address, nor when the organisation is protected by now.
        """
        hidden = Organisation.objects.filter(protected=True).exclude(
            key__in=[it.removeprefix("organisation:") for it in viewer.circles]
        )
        through = self.model.organisations.through.objects.filter(recipient=OuterRef("pk"))
        return self.annotate(
            told=Case(
                When(Exists(through.filter(organisation__in=hidden)), then=Value(False)),
                When(circle__in=viewer.circles, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            )
        )


class Recipient(Row):
    """One address that a letter goes to once, whoever of its organisations chose it.

    After a time address, name and person are erased; how it went is kept.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("organisation"), max_length=400)  # the names of its organisations
    organisations = models.ManyToManyField(Organisation, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="letters_received"
    )
    message = models.OneToOneField(
        Message, on_delete=models.SET_NULL, null=True, related_name="recipient"
    )
    kept_outcome = models.CharField(max_length=10, blank=True)  # of one that is erased
    sort_key = SortKeyField(derive="title")
    folded = FoldedField(derive="title")

    carried_as: ClassVar[dict[str, Any]] = {"kept_outcome": WITHOUT_MAILS}

    objects: ClassVar[Any] = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["sort_key", "key"]
        indexes = [
            models.Index(fields=["letter", "sort_key", "key"], name="letters_recipient_order")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "email"],
                condition=~Q(email=""),
                name="letters_recipient_once",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(name="", person__isnull=True),
                name="letters_recipient_erased_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        return self.letter.subject

    @property
    def outcome_in_words(self) -> str:
        return str(Outcome(self.outcome).label)  # type: ignore[attr-defined] # of with_outcome
