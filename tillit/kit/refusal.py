"""A request that can't be met, with words for the person who made it. Never a 500 for bad input."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass
class Refused(Exception):  # noqa: N818 (it is the request that is refused, nothing went wrong)
    """Answered with the status and the message, as a page or as problem+json.

    `field` and `typed` tell which field was wrong and what stood there, so that it can be mended
    where it is.
    """

    message: str | Promise
    status: int = 400
    field: str = ""
    typed: str = ""

    def __str__(self) -> str:
        return str(self.message)
