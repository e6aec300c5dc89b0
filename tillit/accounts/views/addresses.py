"""One's own addresses."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts import actions, codes, mails
from tillit.accounts.codes import Use
from tillit.accounts.forms import CodeForm, NewAddressForm
from tillit.accounts.fresh import freshly
from tillit.accounts.limits import Limited
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.accounts.views.pages import page, told
from tillit.accounts.views.settings import back
from tillit.accounts.views.sign_in import wrong_words
from tillit.accounts.who import user_of
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.contributions import account_of
from tillit.kit.refusal import Refused

ADDED = gettext_lazy("%(address)s is now one of your addresses.")
REMOVED = gettext_lazy("%(address)s is no longer one of your addresses.")
MAIN = gettext_lazy("%(address)s is now your main address.")
MOST = 10


@open_to(signed_in, methods=WRITING)
@freshly
def add(request: HttpRequest) -> HttpResponse:
    """Write an address; a code goes there. One that is taken is answered alike."""
    user = user_of(request)
    form = NewAddressForm(request.POST or None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        own = own_addresses(user)
        if address in own:
            form.add_error("email", _("That is already one of your addresses."))
        elif len(own) >= MOST:
            form.add_error(
                "email", _("You have as many addresses as one may have. Remove one first.")
            )
        else:
            try:
                send_code(request, user, address)
            except Limited as limited:
                form.add_error(None, told(limited))
            else:
                return HttpResponseRedirect(reverse("account_email_verification_sent"))
    return page(request, "accounts/address.html", form)


def send_code(request: HttpRequest, user: User, address: str) -> None:
    """Raises Limited."""
    taken = EmailAddress.objects.filter(email=address, verified=True).exists()
    figures = codes.ask(request, Use.ADDRESS, address, None if taken else user.pk)
    if taken:
        mails.taken(request, address)
    else:
        mails.code(address, figures)


@open_to(signed_in, methods=WRITING)
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Where the code from the new address is written."""
    try:
        asked = codes.asked(request, Use.ADDRESS)
    except codes.Gone:
        messages.info(request, _("That took too long. Write the address once more."))
        return HttpResponseRedirect(reverse("account_email"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            found = codes.check(request, Use.ADDRESS, form.cleaned_data["code"])
        except codes.Wrong as wrong:
            form.add_error("code", wrong_words(wrong.left))
        else:
            return added(request, user_of(request), found.address)
    content = {"address": asked.address, "spent": codes.is_spent(request, asked)}
    return page(request, "accounts/address_code.html", form, **content)


def added(request: HttpRequest, user: User, address: str) -> HttpResponse:
    """The code was right; but the address may have become another's meanwhile."""
    try:
        if account_of(address):
            raise IntegrityError
        with transaction.atomic():
            actions.own(user, address)
            mails.changed(request, user, ADDED, {"address": address}, also=address)
    except IntegrityError:
        raise Refused(_("That address belongs to somebody else by now."), status=409)
    messages.success(request, ADDED % {"address": address})
    return back()


@open_to(signed_in, methods=("POST",))
@freshly
def make_main(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    row = get_object_or_404(EmailAddress, user=user, pk=pk, verified=True)
    earlier = user.email or ""
    with transaction.atomic():
        actions.choose_main(user, row.email)
        mails.changed(request, user, MAIN, {"address": row.email}, also=earlier)
    messages.success(request, MAIN % {"address": row.email})
    return back()


@open_to(signed_in, methods=("POST",))
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Another one must be left: by it one always gets in."""
    user = user_of(request)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        row = get_object_or_404(EmailAddress, user=user, pk=pk)
        if own_addresses(user) == [row.email]:
            raise Refused(_("It is your only address. Add another one first."), status=409)
        address = row.email
        row.delete()
        actions.choose_main(user)
        mails.changed(request, user, REMOVED, {"address": address}, also=address)
    messages.success(request, REMOVED % {"address": address})
    return back()
