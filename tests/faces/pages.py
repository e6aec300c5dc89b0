"""The pages whose faces are looked at."""

NOT_FOUND = "/finns-inte/"


def pages() -> list[str]:
    """Addresses in Swedish; English ones follow by /en before them."""
    return ["/", "/komponenter/", NOT_FOUND]
