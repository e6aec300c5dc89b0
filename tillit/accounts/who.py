"""Who has signed in."""

from typing import cast

from django.http import HttpRequest

from tillit.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Below `open_to(signed_in)`."""
    return cast("User", request.user)
