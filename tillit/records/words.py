"""What the forms in which a record lies here are called."""

from django.utils.translation import gettext_lazy as _

AS_ORIGINAL = _("the text that was established")
AS_COPY = _("a party's signed copy")
AS_SEALED = _("the sealed copy")
