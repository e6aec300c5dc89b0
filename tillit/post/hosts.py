"""Which servers may be called for mail, and the call itself.

Whoever sets up mail in the browser names a server, and reads what it says. A relay within one's own
network is a good server; what a machine tells of itself at addresses that only it can reach is none.
"""

import socket
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

# No server for anybody else: this host, the link and what clouds tell a machine there, many at once.
NEVER = [
    ip_network(it)
    for it in (
        "0.0.0.0/8",
        "169.254.0.0/16",
        "224.0.0.0/4",
        "255.255.255.255/32",
        "::/128",
        "fd00:ec2::254/128",
        "fe80::/10",
        "ff00::/8",
    )
]


class NotAllowed(OSError):  # noqa: N818 (the host is not)
    """The host is none that this installation calls."""


def is_allowed(host: str) -> bool:
    """Whether it may be called by that name, as far as the name tells."""
    named = settings.TILLIT_MAIL_HOSTS
    return (not named or host.casefold() in named) and not is_never(host)


def is_never(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in NEVER)


def call(host: str, port: int, timeout: float | None) -> socket.socket:
    """The line to a host. Raises NotAllowed.

    Its name is asked for once, so that what answers is what was looked at.
    """
    if not is_allowed(host):
        raise NotAllowed(host)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(it[4][0]) for it in found))
    if any(map(is_never, addresses)):
        raise NotAllowed(host)
    failed = OSError(host)
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            failed = error
    raise failed
