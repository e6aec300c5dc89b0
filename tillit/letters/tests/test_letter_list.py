"""All letters of an office."""

import pytest
from django.utils import timezone

from tillit.letters.models import Letter

pytestmark = pytest.mark.django_db


def subjects(answer):
    return [row.subject_line for row in answer.context["listing"].slice.rows]


def test_the_office_sees_its_letters_the_last_first(cast, write, most_queries):
    for number in (1, 2, 3):
        write(key=f"nr{number}", subject_line=f"Nr {number}", touched_at=timezone.now())
    with most_queries():
        answer = cast.coordinator.get("/utskick/")
    assert answer.status_code == 200
    assert subjects(answer) == ["Nr 3", "Nr 2", "Nr 1"]


def test_it_is_narrowed_by_state_and_by_words(cast, write):
    write(key="utkast", subject_line="Utkastet")
    write(
        key="stoppat",
        subject_line="Stoppat brev",
        started_at=timezone.now(),
        stopped_at=timezone.now(),
    )
    write(key="borjat", subject_line="Börjat", started_at=timezone.now())
    write(
        key="skickat", subject_line="Skickat", started_at=timezone.now(), written_at=timezone.now()
    )
    for stage, subject in {
        "draft": "Utkastet",
        "stopped": "Stoppat brev",
        "sending": "Börjat",
        "sent": "Skickat",
    }.items():
        assert subjects(cast.coordinator.get("/utskick/", {"stage": stage})) == [subject]
    assert subjects(cast.coordinator.get("/utskick/", {"q": "BORJ"})) == ["Börjat"]
    assert cast.coordinator.get("/utskick/", {"stage": "lost"}).status_code == 400


def test_both_sides_have_the_same_page_and_neither_sees_the_other(cast, write):
    write(side="civil", key="c", subject_line="Civilt")
    write(side="public", key="p", subject_line="Offentligt")
    assert subjects(cast.coordinator.get("/utskick/")) == ["Civilt"]
    assert subjects(cast.official.get("/utskick/")) == ["Offentligt"]
    assert cast.coordinator.get("/utskick/p/text/").status_code == 404
    assert cast.official.get("/utskick/c/text/").status_code == 404


def test_it_comes_as_files(cast, write):
    write(subject_line="=1+1")
    lines = cast.coordinator.get("/utskick.csv").getvalue().decode()
    assert "'=1+1" in lines
    assert cast.coordinator.get("/utskick.xlsx").getvalue().startswith(b"PK")


def test_others_are_turned_away(cast):
    assert cast.member.get("/utskick/").status_code == 403
    assert cast.outsider.get("/utskick/").status_code == 403
    assert cast.anonymous.get("/utskick/").status_code == 302
    assert cast.coordinator.post("/utskick/").status_code == 405


def test_a_draft_is_there_as_soon_as_it_is_begun(cast):
    answer = cast.coordinator.post("/utskick/nytt/")
    draft = Letter.objects.get()
    assert answer.url == f"/utskick/{draft.key}/text/"
    assert (draft.organisation.key, draft.secretariat.side) == ("paraplyet", "civil")
    assert draft.writer.key == "karin"
    assert cast.coordinator.get("/utskick/nytt/").status_code == 405
    for other in (cast.member, cast.outsider, cast.anonymous):
        assert other.post("/utskick/nytt/").status_code == 403


def test_the_words_of_a_letter_can_be_used_again(cast, write):
    write(subject_line="Vårbrev", started_at=timezone.now())
    answer = cast.coordinator.post("/utskick/brevet/kopia/")
    copy = Letter.objects.drafts().get()
    assert answer.url == f"/utskick/{copy.key}/text/"
    assert (copy.subject_line, copy.choice["group"]) == ("Vårbrev", "looked_after")
    assert cast.official.post("/utskick/brevet/kopia/").status_code == 404
