"""A letter in the browser, for whoever has its link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to
from tillit.kit.refusal import Refused
from tillit.letters.models import Letter
from tillit.letters.placeholders import filled, values_of_anybody
from tillit.letters.tidying import with_breaks
from tillit.post.harmless import Prose
from tillit.post.rendering import on_a_page


@open_to(anyone)
def web(request: HttpRequest, token: str) -> HttpResponse:
    """The letter without anybody's name, in the language of the page if it is written in it."""
    letter = Letter.by_token(token)
    if letter is None or letter.is_draft:
        raise Refused(
            _("This link has been cut off, or the letter is no longer to be read here."), 404
        )
    language = letter.language_for(get_language() or "")
    subject, text = letter.words_in(language)
    values = values_of_anybody(language)
    context = {
        "letter": letter,
        "language": language,
        "subject": filled(subject, values),
        "html": on_a_page(Prose(with_breaks(text), values)),
    }
    response = render(request, "letters/web.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
