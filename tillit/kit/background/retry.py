"""A task that fails is tried again, after pauses that grow; after the last one it stays failed."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
PAUSES = (60, 300, 1800, 7200, 21600)  # seconds


def retried(pauses: tuple[int, ...] = PAUSES) -> Callable[[F], F]:
    """Declare that a task may be tried again: begun anew it does no harm.

    @task()
    @retried()
    def fetch(key: str) -> None: ...
    """

    def declare(function: F) -> F:
        function.pauses = pauses  # type: ignore[attr-defined]
        return function

    return declare


def pauses_of(function: Callable[..., Any]) -> tuple[int, ...]:
    found: tuple[int, ...] = getattr(function, "pauses", ())
    return found
