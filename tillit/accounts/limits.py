"""How often something may be tried, counted in the database for all processes together.

The rates stand in ACCOUNT_RATE_LIMITS and are counted by django-allauth; here is told when one may
try again.
"""

from datetime import datetime

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

APP = "allauth.account"


class Limited(Exception):  # noqa: N818 (nothing went wrong)
    """Too often. `until` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def take(request: HttpRequest, action: str, key: str = "") -> None:
    """Count one. Raises Limited when there have been as many as may be."""
    if not ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True):
        raise Limited(until(request, action, key))


def source(request: HttpRequest) -> str:
    """The network address that it comes from, as the rates per network address see it."""
    return str(ratelimit.get_ip(request))


def left(request: HttpRequest, action: str, key: str = "") -> int:
    """How many more there may be now."""
    found: int = min(
        rate.amount - len(counted(request, action, rate, key))
        for rate in ratelimit.get_rates(app=APP, action=action)
    )
    return found


def until(request: HttpRequest, action: str, key: str = "") -> datetime:
    """When every rate has room again."""
    opens = timezone.now().timestamp()
    for rate in ratelimit.get_rates(app=APP, action=action):
        times = counted(request, action, rate, key)
        if len(times) >= rate.amount:
            opens = max(opens, times[rate.amount - 1] + rate.duration)
    return datetime.fromtimestamp(opens, tz=timezone.get_current_timezone())


def counted(request: HttpRequest, action: str, rate: ratelimit.Rate, key: str) -> list[float]:
    """When it was done within the rate's time, the latest first."""
    name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
    now = timezone.now().timestamp()
    return [at for at in cache.get(name, []) if at > now - rate.duration]
