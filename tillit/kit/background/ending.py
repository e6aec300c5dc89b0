"""Whether this process has been told to end: long tasks ask, and leave the rest to another one."""

import threading

_told = threading.Event()


def end() -> None:
    _told.set()


def is_ending() -> bool:
    return _told.is_set()
