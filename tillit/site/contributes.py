"""What the site gives to the whole."""

from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import Contributions, Section

contributions = Contributions(sections=[Section(_("Overview"), "site:start", 0)])
