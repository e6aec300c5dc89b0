"""The parties of an adopted version are asked to sign one and the same document of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements import rules, signing
from tillit.agreements.reading import version_of
from tillit.agreements.views.editing.adopting import own_organisation
from tillit.agreements.views.editing.writing import crumbs_to_version
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.forms import WritingForm, form_page, posted, take_errors
from tillit.kit.refusal import Refused


@open_to(signed_in, methods=WRITING)
def signing_request(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = version_of(key, version, viewer)
    insist(viewer, rules.may_bind, found.agreement)
    form = WritingForm(posted(request))
    if form.is_valid():
        url = request.build_absolute_uri(found.get_absolute_url())
        keeper, actor = own_organisation(viewer), Actor.of(viewer)
        try:
            record = signing.ask_all(found, url, keeper, actor, today(), timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The document is made, and all parties are asked to sign."))
            return redirect(record)
    return form_page(
        request,
        form,
        title=_("Ask all parties to sign"),
        kicker=str(found),
        lede=_(
            "A PDF is made of the version as everybody reads it, and never changed after that. Each "
            "party signs it here, or sends in its own signed copy. Your organisation keeps it."
        ),
        submit=_("Make the document and ask"),
        cancel=found.get_absolute_url(),
        crumbs=crumbs_to_version(found),
    )
