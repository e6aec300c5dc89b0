"""Who may write letters, and go on with which. Both sides are held by the same rules."""

from tillit.kit.circles import Viewer
from tillit.letters.models import Letter
from tillit.register.rules import LEADING
from tillit.register.standing import chosen_mandate


def may_write_letters(viewer: Viewer) -> bool:
    """A side's secretariat, and those who lead an organisation: to its members, if it has any."""
    mandate = chosen_mandate(viewer)
    return mandate is not None and mandate.unit_id is None and mandate.extent in LEADING


def may_work_on(viewer: Viewer, letter: Letter) -> bool:
    """Whoever may write letters for the organisation that it is from, in the same capacity."""
    mandate = chosen_mandate(viewer)
    return (
        mandate is not None
        and may_write_letters(viewer)
        and mandate.organisation_id == letter.organisation_id
        and mandate.secretariat_id == letter.secretariat_id
    )


def may_change(viewer: Viewer, letter: Letter) -> bool:
    """As long as nobody has begun to send it."""
    return letter.is_draft and may_work_on(viewer, letter)


def may_stop(viewer: Viewer, letter: Letter) -> bool:
    """While it is being sent; what a mail server has is out of reach."""
    return (
        letter.started_at is not None and letter.stopped_at is None and may_work_on(viewer, letter)
    )
