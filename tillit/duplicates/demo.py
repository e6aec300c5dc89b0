"""The demo has looked through its register once, as every night. Never in a real register."""

from tillit.duplicates.models import Pair
from tillit.duplicates.pairing import find_all
from tillit.kit.days import today

KEY = "demo-dubblett"


def populate() -> None:
    """Nothing is invented: what may be the same is what the sources write in two ways."""
    if Pair.objects.exists():
        return
    find_all(today())
    # Its address is known, so that the pages are looked at by tests.
    known = Pair.objects.between("organisation:skaneidrotten", "organisation:skanes-idrottsforbund")
    known.update(key=KEY)
