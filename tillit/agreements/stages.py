"""A version goes on from being a draft of the parties."""

from collections.abc import Mapping
from typing import Any

from tillit.agreements.models import Version
from tillit.kit.together import Together


def tell_others(it: Together, version: Version, new: Mapping[str, Any]) -> None:
    """Give it a stage in which others read it too; an agreement that was for the parties alone is not
    any more. Raises ValidationError.
    """
    if version.agreement.private:
        it.change(version.agreement, {"private": False})
    it.change(version, new)
