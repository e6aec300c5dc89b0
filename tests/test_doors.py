"""Every address, for everybody of the cast: what the declared table says, and never a 500."""

import pytest
from django.urls import reverse

from tests.walking import ROLES, addresses, another, finish, plant_rows, undone, viewer_behind
from tillit.kit.access import anyone, who_may

pytestmark = pytest.mark.django_db
# Open to anyone, and yet not with 200: it leads on, or asks for a row or a secret that is not here.
ELSEWHERE: set[str] = {
    "integritet/begaran/<slug:token>/",
    "avanmalan/<str:token>/",
    "arsfragor/<slug:key>/sammanfattning/",
    "brev/<str:token>/",
    "fraga/<slug:key>/<str:token>/",
    "inbjudan/<slug:key>/<str:token>/",
    "inbjudan/<slug:key>/<str:token>/kod/",
    "logotyp/<slug:name>.png",
    "fil/<slug:key>/",
    "dokument/<slug:key>/fil/",
    "kom-igang/",
    "kom-igang/administrator/",
    "demo/brevlada/",
    "demo/brevlada/<slug:key>/",
    "demo/brevlada/<slug:key>/html/",
    "logga-in/",
    "logga-in/kod/",
    "logga-in/losenord/",
    "logga-in/andra-steget/",
    "logga-in/med/<slug:provider_id>/svar/",
    "medlemsansokan/<str:token>/",
    "remisser/<slug:key>/svara/",
    "remisser/<slug:key>/svara/<str:token>/",
    "remisser/<slug:key>/svara/<str:token>/kvitto/",
}


@pytest.fixture
def readers(cast, administrator):
    """A browser for each role, in a world with what the addresses name."""
    plant_rows()
    return {**vars(cast), "administrator": administrator}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_is_declared(readers, role):
    """Who may gets an answer, or is told that there is no such row; who may not is turned away."""
    viewer, wrong = viewer_behind(readers[role]), {}
    for door in addresses():
        if "GET" not in door.view.methods:
            continue
        with undone():
            status = finish(another(readers[role]).get(door.path)).status_code
        if not who_may(door.view)(viewer):
            expected = {302 if role == "anonymous" else 403}
        elif who_may(door.view) is anyone and door.address not in ELSEWHERE:
            expected = {200}
        else:
            expected = {200, 302, 403, 404}
        if status not in expected:
            wrong[door.path] = status
    assert wrong == {}


@pytest.mark.parametrize("role", ["coordinator", "anonymous"])
def test_nothing_but_the_declared_methods_is_allowed(readers, role):
    """That is found out before who asks; so one of those who may most is asked, and one who may least."""
    wrong = {}
    for door in addresses():
        for method in {"GET", "POST", "PUT", "DELETE"} - {*door.view.methods}:
            with undone():
                status = another(readers[role]).generic(method, door.path).status_code
            if status != 405:
                wrong[method, door.path] = status
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_who_may_not(readers, role):
    viewer, wrong = viewer_behind(readers[role]), {}
    for door in addresses():
        if "POST" not in door.view.methods:
            continue
        with undone():
            status = finish(another(readers[role]).post(door.path)).status_code
        if status >= 500 or (not who_may(door.view)(viewer) and status != 403):
            wrong[door.path] = status
    assert wrong == {}


def test_the_start_page_has_its_address():
    assert reverse("site:start") == "/"
