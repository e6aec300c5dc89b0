"""Every form of the site, filled in with whatever: nobody ever gets an error of the server.

TILLIT_FUZZ=20 sends twenty times as much (make fuzz).
"""

import pytest

from tests.fuzz.scenes import SCENES
from tests.fuzz.sending import try_out, undone
from tests.fuzz.walking import Walk
from tests.test_house import patterns

pytestmark = pytest.mark.django_db
# Whatever else takes what is sent has a form in one of the scenes.
WITHOUT_FORM = {
    # A script sends it, or another server.
    "konto/losennycklar/ny/fraga/",
    "logga-in/losennyckel/fraga/",
    "post/studsar/<str:token>/",
    # It leads to a provider of identities, and an installation has none by itself.
    "logga-in/med/<slug:provider_id>/",
    "konto/kopplingar/<int:pk>/borttagning/",
    # The yes to what was recognised in a Word document, sealed: see agreements/tests/test_word.py.
    "overenskommelser/<slug:key>/versioner/<slug:version>/fran-word/granskning/",
    # A button for each invented person, in a demo alone.
    "demo/logga-in/",
}


def test_no_form_brings_the_server_down(subtests, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sent_to = set()
    for scene in SCENES:
        with undone():
            walk = Walk()
            for role, it in scene().items():
                for form in walk.go(role, it.browser, it.begin, roams=it.roams):
                    sent_to.add(form.leads_to)
                    with subtests.test(str(form)):
                        for answer in try_out(form, it.browser):
                            walk.look(answer, form.action, role)
    assert sorted(takes_posts() - WITHOUT_FORM - sent_to) == []
    assert not sent_to & WITHOUT_FORM


def takes_posts() -> set[str]:
    return {
        address
        for address, pattern in patterns()
        if "POST" in getattr(pattern.callback, "methods", ())
    }
