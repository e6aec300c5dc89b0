"""What a part of an address may be."""

from django.urls.converters import StringConverter


class KeyConverter(StringConverter):
    """Any text but NUL, which stands in no key, and which PostgreSQL doesn't let itself be asked for."""

    regex = r"[^/\x00]+"
