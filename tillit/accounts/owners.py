"""Whose account an address leads to."""

from allauth.account.models import EmailAddress

from tillit.accounts.addresses import folded
from tillit.accounts.models import User
from tillit.kit.contributions import account_of


def owner_of(address: str) -> User | None:
    """The active account whose own address this is."""
    row = (
        EmailAddress.objects.filter(email=folded(address), verified=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return row.user if row else None


def found_by(address: str) -> User | None:
    """The active account that the address leads to today: as its own, or as that of a function."""
    user: User | None = owner_of(address) or account_of(folded(address))
    return user if user and user.is_active else None


def made_for(address: str) -> User | None:
    """The active account that was made for the address by hand, and has not shown to read it."""
    kept = folded(address)
    rows = User.objects.filter(email=kept, is_active=True)
    return rows.exclude(emailaddress__verified=True, emailaddress__email=kept).first()


def addresses_of(account: int | None) -> set[str]:
    """All that belong to the account, by its id."""
    if not account:
        return set()
    own = EmailAddress.objects.filter(user=account).order_by().values_list("email", flat=True)
    return set(filter(None, own.union(User.objects.filter(pk=account).values_list("email"))))


def own_addresses(user: User) -> list[str]:
    """Those of the account itself, the main one first."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return list(rows.order_by("-primary", "email").values_list("email", flat=True))
