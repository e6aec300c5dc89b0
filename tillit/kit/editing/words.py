"""What the pages of editing call what may be done, and what they say of it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.kit.editing.choices import Deed

Text = str | Promise

# On the page where one chooses what has happened.
CHOICES: dict[Deed, tuple[Text, Text]] = {
    Deed.CHANGE: (
        _("It has changed"),
        _("The old one is kept for its time, and a new one begins on a day."),
    ),
    Deed.CORRECT: (
        _("It was wrong"),
        _("It is put right where it stands: a misspelling, a wrong year."),
    ),
    Deed.END: (_("It has ended"), _("Nothing came in its place. It is kept for its time.")),
    Deed.REMOVE: (
        _("It should never have been here"),
        _("It is taken away with its time, as if it had not been written."),
    ),
}
EXPLAINED: dict[Deed, Text] = {
    Deed.ADD: "",
    Deed.CHANGE: _("The old one ends when the new one begins, and is kept for its time."),
    Deed.CORRECT: _("What stood there before is seen in the list of changes."),
    Deed.END: _("It is kept for its time."),
    Deed.REMOVE: _(
        "It goes, with its time. If it was true once, choose “It has ended” instead. It can be undone."
    ),
}
SAVE: dict[Deed, Text] = {
    Deed.ADD: _("Add"),
    Deed.CHANGE: _("Save the change"),
    Deed.CORRECT: _("Save"),
    Deed.END: _("Save that it has ended"),
    Deed.REMOVE: _("Take it away"),
}
DONE: dict[Deed, Text] = {
    Deed.ADD: _("Added: %(what)s."),
    Deed.CHANGE: _("Saved. The old one is kept for its time: %(what)s."),
    Deed.CORRECT: _("Saved: %(what)s."),
    Deed.END: _("Saved that it has ended: %(what)s."),
    Deed.REMOVE: _("Taken away: %(what)s."),
}
