"""Who keeps the installation running, and who answers for the personal data in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import AddressField
from tillit.kit.changes import Actor, change
from tillit.kit.forms import Text
from tillit.register.choices import Sector
from tillit.register.models import Organisation
from tillit.site.forms.base import Part, StepForm
from tillit.site.forms.picking import OrganisationPicked, which_field

OTHER = "other"


class ResponsibilityForm(StepForm):
    at_times = ("host_name", "host_sector")
    parts = (
        Part(("host",), _("Running it")),
        Part(
            ("host_name", "host_which", "host_sector"),
            _("If another organisation runs it"),
            only=f"host-{OTHER}",
        ),
        Part(("controllers", "arrangement"), _("Personal data")),
        Part(("contact", "officer"), _("To reach those responsible")),
    )

    host = forms.ChoiceField(
        label=_("Which organisation keeps the installation running?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an organisation.")},
    )
    host_name = forms.CharField(label=_("Name of the organisation"), max_length=200, required=False)
    host_which = which_field(_("Which one?"))
    host_sector = forms.ChoiceField(
        label=_("What kind of organisation is it?"), choices=Sector.choices, required=False
    )
    controllers = forms.MultipleChoiceField(
        label=_("Which organisations are responsible for the personal data?"),
        help_text=_("The controllers in the law. Choose several if they are responsible jointly."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one organisation.")},
    )
    arrangement = forms.CharField(
        label=_("How do they share the responsibility?"),
        required=False,
        max_length=4000,
        help_text=_(
            "Needed if there are several: who informs, who answers those who ask, who sees to"
            " security."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = AddressField(label=_("Address for questions about personal data"))
    officer = forms.CharField(
        label=_("Data protection officer"),
        max_length=200,
        required=False,
        help_text=_("Name and address, if there is one."),
    )

    def arrange(self) -> None:
        self.near = {it.key: it for it in self.organisations()}
        named = [(key, it.name) for key, it in self.near.items()]
        self.fields["host"].choices = [*named, (OTHER, _("Another organisation"))]  # type: ignore[attr-defined]
        self.fields["controllers"].choices = named  # type: ignore[attr-defined]

    def organisations(self) -> list[Organisation]:
        """Those that have to do with the installation: its parties, secretariats, administrators."""
        near = Q(mandates__extent="administer") | Q(secretariats__isnull=False)
        if self.installation is not None:
            ids = {self.installation.civil_id, self.installation.public_id}
            near |= Q(pk__in=ids | {self.installation.host_id})
            near |= Q(pk__in=self.installation.controllers.values("pk"))
        rows = Organisation.objects.visible_to(self.viewer).filter(near)
        return list(rows.distinct().order_by("sort_key", "key"))

    def known(self) -> dict[str, Any]:
        it, behalf = self.installation, self.viewer.chosen
        own = behalf.behalf.partition(":")[2] if behalf else ""
        if it is None or not it.contact:
            return {"host": own, "controllers": [own] if own else []}
        return {
            "host": it.host.key if it.host else "",
            "controllers": sorted(it.controllers.values_list("key", flat=True)),
            "arrangement": it.arrangement,
            "contact": it.contact,
            "officer": it.officer,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.other: OrganisationPicked | None = None
        if cleaned.get("host") == OTHER:
            self.clean_other()
        if len(cleaned.get("controllers", [])) > 1 and not cleaned.get("arrangement"):
            said = _("They are responsible jointly: write how they share it.")
            self.add_error("arrangement", ValidationError(said))
        return cleaned

    def clean_other(self) -> None:
        if not self.cleaned_data.get("host_name"):
            self.add_error("host_name", _("Write the name of the organisation."))
        sector = self.cleaned_data.get("host_sector", "")
        self.other = OrganisationPicked(self, self.viewer, sector, "host_")
        self.other.clean()

    def save(self, actor: Actor) -> list[Text]:
        installation = self.named_installation()
        said = self.cleaned_data
        host = (
            self.other.save(actor, timezone.localdate()) if self.other else self.near[said["host"]]
        )
        new = {name: said[name] for name in ("arrangement", "contact", "officer")}
        controllers = [self.near[key] for key in said["controllers"]]
        change(installation, {**new, "host": host, "controllers": controllers}, actor)
        return []
