"""An organisation applies for membership: found in the register or new, confirmed by the link in a mail."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tillit.post.models import Message
from tillit.register.applying import confirm
from tillit.register.models import Admissions, Application, Organisation
from tillit.register.tests.factories import (
    AdmissionsFactory,
    ApplicationFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
URL = "/organisationer/paraplyet/medlemmar/ansok/"
NEW = f"{URL}?som=ny"
SAID = {
    "name": "Nya föreningen",
    "number": "802435-6498",
    "form": "association",
    "place": "1280",
    "contact_name": "Nina Ny",
    "contact_email": "Nina@Example.org",
    "contact_phone": "070-123 45 67",
    "why": "Vi vill vara med.",
    "agrees": "on",
}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def umbrella(cast):
    PlaceFactory()
    it = Organisation.objects.get(key="paraplyet")
    AdmissionsFactory(umbrella=it)
    return it


def link_in_mail(message):
    return re.search(r"/medlemsansokan/[\w-]+/", message.text)[0]


@pytest.mark.parametrize("path", [URL, f"{URL}?q=forening", NEW, f"{URL}?som=foreningen"])
@pytest.mark.parametrize("role", ["coordinator", "official", "member", "outsider", "anonymous"])
def test_each_step_opens_for_everybody_within_twelve_questions(
    cast, umbrella, most_queries, role, path
):
    with most_queries():
        assert getattr(cast, role).get(path).status_code == 200


def test_the_search_finds_by_a_part_of_the_name_and_by_number(cast, umbrella):
    found = cast.anonymous.get(URL, {"q": "förening"}).content.decode()
    assert "?som=foreningen" in found
    assert "?som=ny&amp;namn=f%C3%B6rening" in found
    assert "?som=paraplyet" not in found


def test_a_search_for_nonsense_leads_to_writing_it_down(cast, umbrella):
    for asked in ("\0", "%", "x" * 400, "<script>"):
        response = cast.anonymous.get(URL, {"q": asked})
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()


def test_an_umbrella_that_is_closed_says_so_and_takes_nothing(cast, umbrella):
    Admissions.objects.update(is_open=False)
    assert cast.anonymous.get(URL).status_code == 200
    assert cast.anonymous.post(NEW, SAID).status_code == 409
    assert not Application.objects.exists()


def test_an_organisation_without_admissions_takes_nothing(cast):
    assert cast.anonymous.get("/organisationer/regionen/medlemmar/ansok/").status_code == 200
    assert (
        cast.anonymous.post("/organisationer/regionen/medlemmar/ansok/?som=ny", SAID).status_code
        == 409
    )


def test_an_application_counts_when_the_address_has_been_confirmed(cast, umbrella):
    response = cast.anonymous.post(NEW, SAID)
    assert response.status_code == 302
    it = Application.objects.get()
    assert (it.state, it.name, it.place_id) == ("unconfirmed", "Nya föreningen", "1280")
    assert it.contact_email == "nina@example.org"
    assert it.agreed_to == "Vi delar stadgarnas värdegrund."
    message = Message.objects.get()
    assert message.to_email == "nina@example.org"
    link = link_in_mail(message)

    assert cast.anonymous.get(link).status_code == 200  # a mail scanner was here
    it.refresh_from_db()
    assert it.state == "unconfirmed"

    cast.anonymous.post(link, {"do": "confirm"})
    it.refresh_from_db()
    assert it.state == "waiting"
    assert Message.objects.filter(kind="application-received").count() == 1
    cast.anonymous.post(link, {"do": "confirm"})  # once more does nothing
    assert Message.objects.filter(kind="application-received").count() == 1


def test_the_mail_to_an_unconfirmed_address_says_nothing_that_was_typed(cast, umbrella):
    lure = {**SAID, "name": "Vinn www.example.com", "contact_name": "Klicka här", "why": "Lura"}
    cast.anonymous.post(NEW, lure)
    message = Message.objects.get()
    whole = message.subject_line + message.text + message.html + message.to_name
    for typed in ("Vinn", "Klicka", "Lura"):
        assert typed not in whole


def test_a_token_is_nowhere_in_the_database(cast, umbrella):
    cast.anonymous.post(NEW, SAID)
    token = link_in_mail(Message.objects.get()).split("/")[2]
    it = Application.objects.get()
    assert token == it.token
    assert token not in {it.token_seed, it.token_hash}
    assert Message.objects.get().secret


def test_an_organisation_of_the_register_is_not_written_down_again(cast, umbrella):
    said = {name: SAID[name] for name in ("contact_name", "contact_email", "agrees")}
    cast.anonymous.post(f"{URL}?som=foreningen", {**said, "name": "Något annat"})
    it = Application.objects.get()
    assert (it.member.key, it.name) == ("foreningen", it.member.name)


def test_a_member_is_told_that_it_is_one(cast, umbrella):
    member = Organisation.objects.get(key="foreningen")
    MembershipFactory(umbrella=umbrella, member=member, start="2020")
    assert cast.anonymous.post(f"{URL}?som=foreningen", SAID).status_code == 200
    assert not Application.objects.exists()


def test_who_speaks_for_the_organisation_needs_no_link(cast, umbrella):
    page = cast.member.get(f"{URL}?som=foreningen").content.decode()
    assert "mina@example.org" in page
    cast.member.post(f"{URL}?som=foreningen", SAID)
    it = Application.objects.get()
    assert (it.state, it.applicant, it.by_office) == ("waiting", "person:mina", False)
    assert Message.objects.get().kind == "application-received"


def test_somebody_signed_in_who_does_not_speak_for_it_must_confirm(cast, umbrella):
    cast.outsider.post(f"{URL}?som=foreningen", SAID)
    assert Application.objects.get().state == "unconfirmed"


def test_the_office_writes_in_what_came_on_paper_even_when_closed(cast, umbrella):
    Admissions.objects.update(is_open=False)
    response = cast.coordinator.post(NEW, SAID)
    it = Application.objects.get()
    assert (it.state, it.by_office) == ("waiting", True)
    assert response.url == it.get_absolute_url()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("contact_email", "nina"),
        ("contact_email", ""),
        ("contact_name", ""),
        ("why", "x" * 4001),
        ("agrees", ""),
        ("place", "9999"),
        ("form", "sekt"),
    ],
)
def test_bad_input_is_told_and_the_form_kept_as_typed(cast, umbrella, field, value):
    response = cast.anonymous.post(NEW, {**SAID, "why": "Kvar", field: value})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    if field not in {"why", "contact_name"}:
        assert "Nina Ny" in response.content.decode()
        assert "Kvar" in response.content.decode()
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_a_number_that_can_t_be_right_is_kept_as_written(cast, umbrella):
    cast.anonymous.post(NEW, {**SAID, "number": "232100-0205"})
    assert Application.objects.get().number == "232100-0205"


def test_html_in_a_name_is_text(cast, umbrella):
    cast.anonymous.post(NEW, {**SAID, "name": "<b>Fet</b>"})
    link = link_in_mail(Message.objects.get())
    assert "<b>Fet</b>" not in cast.anonymous.get(link).content.decode()


def test_nobody_fills_somebody_else_s_mailbox(cast, umbrella):
    for _time in range(3):
        assert cast.anonymous.post(NEW, SAID).status_code == 302
    assert cast.anonymous.post(NEW, SAID).status_code == 422
    assert Message.objects.count() == 3
    assert cast.anonymous.post(NEW, {**SAID, "contact_email": "b@example.org"}).status_code == 302


def test_one_address_of_the_net_sends_so_many_and_no_more(cast, umbrella):
    statuses = [
        cast.anonymous.post(NEW, {**SAID, "contact_email": f"a{n}@example.org"}).status_code
        for n in range(21)
    ]
    assert statuses == [302] * 20 + [422]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_other_method(cast, umbrella, method):
    assert getattr(cast.anonymous, method)(URL).status_code == 405


def test_an_organisation_that_is_not_there_is_not_found(cast, umbrella):
    assert cast.anonymous.get(f"{URL}?som=finns-inte").status_code == 404
    assert cast.anonymous.get("/organisationer/finns-inte/medlemmar/ansok/").status_code == 404


class TestOwnPage:
    @pytest.fixture
    def it(self, umbrella):
        return ApplicationFactory(umbrella=umbrella)

    @pytest.fixture
    def url(self, it):
        return reverse("register:own-application", args=[it.token])

    def test_it_shows_the_application_and_is_kept_by_nobody(self, cast, url, most_queries):
        with most_queries():
            response = cast.anonymous.get(url)
        assert response.status_code == 200
        assert "Nina Ny" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("token", ["x", "å", "a" * 500, "..", "%00"])
    def test_a_mangled_link_is_told(self, cast, umbrella, token):
        assert cast.anonymous.get(f"/medlemsansokan/{token}/").status_code == 404

    def test_a_link_that_was_cut_opens_nothing(self, cast, it, url):
        it.cut_link()
        it.save()
        assert cast.anonymous.get(url).status_code == 404

    def test_the_link_of_one_does_not_open_another(self, cast, umbrella, it):
        other = ApplicationFactory(umbrella=umbrella, name="En annan")
        assert it.token != other.token
        page = cast.anonymous.get(reverse("register:own-application", args=[it.token]))
        assert "En annan" not in page.content.decode()

    def test_it_is_withdrawn_by_the_applicant_once(self, cast, it, url):
        cast.anonymous.post(url, {"do": "withdraw"})
        it.refresh_from_db()
        assert it.state == "withdrawn"
        assert it.settled_at
        assert cast.anonymous.post(url, {"do": "withdraw"}).status_code == 302

    def test_what_was_decided_is_not_withdrawn(self, cast, it, url):
        Application.objects.update(state="declined", settled_at=timezone.now())
        assert cast.anonymous.post(url, {"do": "withdraw"}).status_code == 409

    @pytest.mark.parametrize("do", ["", "answer", "admit", "\0"])
    def test_nothing_else_can_be_done(self, cast, url, do):
        assert cast.anonymous.post(url, {"do": do}).status_code == 409

    def test_what_is_too_old_is_not_confirmed(self, umbrella, cast):
        it = ApplicationFactory(umbrella=umbrella, state="unconfirmed")
        url = reverse("register:own-application", args=[it.token])
        Application.objects.update(applied_at=timezone.now() - timedelta(days=8))
        assert cast.anonymous.post(url, {"do": "confirm"}).status_code == 410

    def test_the_link_is_the_same_in_every_mail(self, it):
        token = it.token
        assert Application.objects.get().lasting_token() == token

    def test_another_secret_makes_another_link_and_the_row_follows(self, it, settings):
        former = it.token
        settings.SECRET_KEY = "another" * 10
        with pytest.raises(ValueError, match="make a new one"):
            _ = Application.objects.get().token
        assert Application.objects.get().lasting_token() != former
        assert Application.by_token(former) is None


def test_confirming_at_once_by_two_sends_one_mail(umbrella):
    it = ApplicationFactory(umbrella=umbrella, state="unconfirmed")
    now = timezone.now()
    confirm(it, now)
    confirm(it, now)
    assert Message.objects.count() == 1


def test_an_umbrella_that_nobody_may_read_takes_nobody(cast, umbrella):
    Organisation.objects.filter(pk=umbrella.pk).update(circle="organisation:paraplyet")
    assert cast.anonymous.get(URL).status_code == 404


def test_a_member_elsewhere_may_apply(cast, umbrella):
    other = OrganisationFactory()
    MembershipFactory(umbrella=other, member=Organisation.objects.get(key="foreningen"))
    assert cast.anonymous.post(f"{URL}?som=foreningen", SAID).status_code == 302


def test_who_has_applied_reads_what_comes_next(cast, umbrella, most_queries):
    page = cast.anonymous.post(NEW, SAID)["Location"]
    assert page == f"{URL}bekrafta/"
    with most_queries():
        told = cast.anonymous.get(page).content.decode()
    for words in ("nina@example.org", "inom 7 dagar", "skräppost", "Paraplyet läser ansökan"):
        assert words in told, words
    assert "nina@example.org" not in cast.outsider.get(page).content.decode()
    assert cast.anonymous.post(page).status_code == 405


def test_who_speaks_for_the_organisation_has_nothing_to_confirm(cast, umbrella):
    said = {it: SAID[it] for it in ("contact_name", "contact_email", "why", "agrees")}
    page = cast.member.post(f"{URL}?som=foreningen", said)["Location"]
    assert page == f"{URL}skickad/"
    assert "inom 7 dagar" not in cast.member.get(page).content.decode()
