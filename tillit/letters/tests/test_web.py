"""A letter in the browser, for whoever has its link."""

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(write):
    it = write(
        text="# Hej {namn}\n\n<b>Fet</b> [länk](javascript:alert(1)) i {organisation}.\nNy rad.",
        text_en="Dear {name}",
        subject_line_en="Annual {organisation}",
        started_at=timezone.now(),
    )
    it.make_link()
    it.save()
    return it


def test_anybody_with_the_link_reads_it_without_names(cast, letter, most_queries):
    with most_queries():
        answer = cast.anonymous.get(f"/brev/{letter.token}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h2>Hej" in page
    assert "&lt;b&gt;Fet&lt;/b&gt;" in page
    assert 'href="javascript' not in page
    assert "{namn}" not in page
    assert "<br" in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "Dear" in cast.anonymous.get(f"/en/brev/{letter.token}/").content.decode()


def test_nothing_is_read_without_the_link(cast, letter):
    for token in ("x", letter.token[:-1], letter.key, letter.token_hash):
        assert cast.anonymous.get(f"/brev/{token}/").status_code == 404
    assert cast.anonymous.post(f"/brev/{letter.token}/").status_code == 405


def test_a_draft_is_not_read(cast, letter):
    letter.started_at = None
    letter.save()
    assert cast.anonymous.get(f"/brev/{letter.token}/").status_code == 404


def test_a_mail_has_the_link_only_if_the_writer_chose_so(cast, write, looked_after, press_send):
    looked_after("alfa", "anna@example.org")
    letter = write()
    assert "/brev/" not in cast.coordinator.get("/utskick/brevet/granskning/").context["mail"].text
    letter.make_link()
    letter.save()
    assert (
        f"/brev/{letter.token}/"
        in cast.coordinator.get("/utskick/brevet/granskning/").context["mail"].text
    )
