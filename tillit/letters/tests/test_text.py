"""Writing a letter."""

import pytest
from django.utils import timezone

from tillit.kit.models import Activity
from tillit.letters.forms import TextForm
from tillit.letters.models import Letter

pytestmark = pytest.mark.django_db
PAGE = "/utskick/brevet/text/"
GOOD = {"subject_line": "Hej {organisation}", "text": "Kära {förnamn}", "kind": "news"}


def seen(client):
    return client.get(PAGE).context["form"].seal


def test_it_is_saved_and_told_in_the_activity(cast, write, most_queries):
    letter = write()
    with most_queries():
        assert cast.coordinator.get(PAGE).status_code == 200
    answer = cast.coordinator.post(PAGE, {**GOOD, "seen": seen(cast.coordinator)})
    assert answer.url == PAGE
    letter.refresh_from_db()
    assert (letter.subject_line, letter.text) == ("Hej {organisation}", "Kära {förnamn}")
    noted = Activity.objects.get(subject="letter:brevet")
    assert noted.actor == "person:karin"
    assert noted.changes["subject_line"] == ["Årsmöte", "Hej {organisation}"]


def test_the_button_leads_on(cast, write):
    write()
    for then, url in {
        "choosing": "/utskick/brevet/urval/",
        "preview": "/utskick/brevet/granskning/",
    }.items():
        assert cast.coordinator.post(PAGE, {**GOOD, "then": then}).url == url
    assert cast.coordinator.post(PAGE, {**GOOD, "then": "//evil.example"}).url == PAGE


def test_half_a_letter_may_be_saved(cast, write):
    write()
    assert cast.coordinator.post(PAGE, {"kind": "news"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("text", "Hej {namm}!"),
        ("subject_line", "Till {}"),
        ("text_en", "Dear {unknown word}"),
        ("text", "{" + "x" * 300 + "}"),
    ],
)
def test_a_placeholder_that_means_nothing_is_refused_and_kept_as_typed(cast, write, field, words):
    write()
    answer = cast.coordinator.post(PAGE, {**GOOD, field: words})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"][field].value() == words
    assert Letter.objects.get().text != words


def test_words_from_a_word_processor_are_put_in_order():
    form = TextForm(
        standing={},
        data={
            **GOOD,
            "subject_line": "Års\u00admöte\r\n2026",
            "text": "•\tFörst\u00a0detta\v\n    Sedan\u200b\r\n\r\n\r\n\r\nSlut",
        },
    )
    assert form.is_valid()
    assert form.cleaned_data["subject_line"] == "Årsmöte 2026"
    assert form.cleaned_data["text"] == "- Först detta\n\nSedan\n\nSlut"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"subject_line": "x" * 151}, "subject_line"),
        ({"text": "x" * 20_001}, "text"),
        ({"kind": "required"}, "required_reason"),
        ({"kind": "spam"}, "kind"),
        ({"reply_to": "inte en adress"}, "reply_to"),
        ({"subject_line_en": "Hello"}, "text_en"),
        ({"text": "a\0b"}, "text"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(cast, write, data, field):
    write()
    answer = cast.coordinator.post(PAGE, {**GOOD, **data})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_address_for_replies_may_have_å(cast, write):
    write()
    cast.coordinator.post(PAGE, {**GOOD, "reply_to": "Åsa@räksmörgås.se"})
    assert Letter.objects.get().reply_to == "åsa@räksmörgås.se"


def test_a_colleagues_words_are_not_overwritten_unseen(cast, write):
    letter = write()
    mine = seen(cast.coordinator)
    Letter.objects.filter(pk=letter.pk).update(text="Kollegans ord")
    answer = cast.coordinator.post(PAGE, {**GOOD, "seen": mine})
    assert answer.status_code == 422
    assert [text for _label, text in answer.context["form"].others] == ["Kollegans ord"]
    assert answer.context["form"]["text"].value() == GOOD["text"]
    assert Letter.objects.get().text == "Kollegans ord"
    again = cast.coordinator.post(PAGE, {**GOOD, "seen": answer.context["form"].seal})
    assert again.status_code == 302
    assert Letter.objects.get().text == GOOD["text"]


def test_it_saves_itself_for_who_has_script(cast, write):
    write()
    script = {"HX-Request": "true"}
    answer = cast.coordinator.post(PAGE, {**GOOD, "seen": seen(cast.coordinator)}, headers=script)
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert Letter.objects.get().text == GOOD["text"]
    seal = answer.content.decode().partition('value="')[2].partition('"')[0]
    assert cast.coordinator.post(PAGE, {**GOOD, "text": "Mer", "seen": seal}).status_code == 302
    assert cast.coordinator.post(PAGE, {**GOOD, "seen": seen(cast.coordinator)}).status_code == 302
    wrong = cast.coordinator.post(PAGE, {**GOOD, "text": "{fel}"}, headers=script)
    assert "hx-swap-oob" not in wrong.content.decode()
    assert Letter.objects.get().text == GOOD["text"]


def test_a_letter_that_is_being_sent_is_not_changed(cast, write):
    write(started_at=timezone.now())
    assert cast.coordinator.get(PAGE).status_code == 409
    assert cast.coordinator.post(PAGE, GOOD).status_code == 409
    assert cast.coordinator.post("/utskick/brevet/borttagning/").status_code == 409


def test_others_are_turned_away(cast, write):
    write()
    for method in ("get", "post"):
        assert getattr(cast.official, method)(PAGE).status_code == 404
        assert getattr(cast.member, method)(PAGE).status_code == 403
        assert getattr(cast.outsider, method)(PAGE).status_code == 403
    assert cast.anonymous.get(PAGE).status_code == 302
    assert cast.anonymous.post(PAGE).status_code == 403
    assert cast.coordinator.delete(PAGE).status_code == 405


def test_a_link_for_the_browser_comes_and_goes(cast, write):
    write()
    cast.coordinator.post(PAGE, {**GOOD, "on_web": "on"})
    assert Letter.objects.get().is_on_web
    cast.coordinator.post(PAGE, GOOD)
    assert not Letter.objects.get().is_on_web
    changes = Activity.objects.filter(subject="letter:brevet").values_list("changes", flat=True)
    assert all("token" not in str(it) for it in changes)


def test_a_draft_is_thrown_away_when_one_is_sure(cast, write):
    write()
    assert cast.coordinator.get("/utskick/brevet/borttagning/").status_code == 200
    assert Letter.objects.exists()
    assert cast.official.post("/utskick/brevet/borttagning/").status_code == 404
    assert cast.coordinator.post("/utskick/brevet/borttagning/").url == "/utskick/"
    assert not Letter.objects.exists()
