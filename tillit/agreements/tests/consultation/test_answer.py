"""Answering a consultation: by the link, part by part, sent, changed, late, refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tillit.agreements.models import (
    Comment,
    Consultation,
    Consulted,
    QuestionAnswer,
    Reply,
    Section,
)
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.consulted import (
    answered,
    came,
    close,
    comment,
    kept_fields,
    link_of,
    open_now,
    opened,
    past_deadline,
    send,
)
from tillit.agreements.tests.factories import CommitmentFactory, PartyFactory, PrincipleFactory
from tillit.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(out):
    return out.consulted.get(organisation__key="asken")


@pytest.fixture
def url(asked):
    return link_of(asked)


def test_opening_the_link_changes_nothing_and_is_kept_by_nobody(client, url, most_queries):
    with most_queries():
        response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not Reply.objects.exists()


def test_each_part_has_the_text_of_the_draft_beside_it(client, url, most_queries):
    with most_queries():
        text = client.get(f"{url}?del=2").content.decode()
    assert "Vi möts varje år." in text
    assert "Nytt" in text or "ny synpunkt" in text.lower()


def test_a_comment_keeps_what_it_is_about(client, url):
    response = comment(client, url, "2", "Skriv hellre ofta.", "varje år")
    assert response.status_code == 302
    assert "del=skicka" in response["Location"]
    row = Comment.objects.get()
    assert (row.section, row.section_number) == ("section:skane.2027.2", "2")
    assert (row.quotation, row.text) == ("varje år", "Skriv hellre ofta.")
    assert not row.reply.is_sent


def test_principles_and_promises_are_commented_on_as_sections_are(client, url, out):
    version = out.version
    PrincipleFactory(version=version, number=1, heading="Dialog", text="Vi hör *varandra*.")
    CommitmentFactory(version=version, number=1, text="Sprida innehållet.")
    text = client.get(url).content.decode()
    assert "?del=principer" in text
    assert "?del=ataganden" in text
    assert "<em>varandra</em>" in client.get(f"{url}?del=principer").content.decode()
    comment(client, url, "principer", "Skriv tillit först.", "Vi hör")
    row = Comment.objects.get()
    assert (row.section, row.section_title) == ("principle:skane.2027", "Principer")
    send(client, url)
    shown = client.get("/remisser/remissen/sammanstallning/", {"section": "principer"})
    assert "Skriv tillit först." in shown.content.decode()
    none = client.get("/remisser/remissen/sammanstallning/", {"section": "ataganden"})
    assert "Skriv tillit först." not in none.content.decode()


@pytest.mark.parametrize(
    ("quotation", "stands"),
    [
        ("varje år", True),
        ("”Vi  möts … varje ÅR.”", True),
        ("", True),
        ("varje månad", False),
    ],
)
def test_whoever_quotes_what_does_not_stand_there_is_told(client, url, quotation, stands):
    comment(client, url, "2", "Skriv ofta.", quotation)
    text = client.get(f"{url}?del=2").content.decode()
    assert ("står inte så i texten" not in text) is stands


def test_what_is_written_is_saved_on_the_way_to_sending_it(client, url):
    said, key = opened(client, url, "2")
    response = client.post(url, {**said, f"c-{key}-text": "Skriv ofta.", "do": "send"})
    assert response["Location"] == f"{url}?del=skicka#nu"
    assert Comment.objects.get().text == "Skriv ofta."


def test_a_draft_is_read_by_nobody_but_those_who_write_it(client, url, cast, asked):
    comment(client, url, "2", "Ett utkast")
    row = Comment.objects.get()
    assert row.circle == "organisation:asken"
    acts_for("natverket", "mina", "lead")
    for page in ("svar", "sammanstallning"):
        text = cast.member.get(f"/remisser/remissen/{page}/").content.decode()
        assert "Ett utkast" not in text


def test_it_is_sent_with_a_position_and_a_receipt(client, url, out):
    comment(client, url, "2", "Skriv hellre ofta.", "varje år")
    response = send(client, url)
    assert response["Location"] == f"{url}kvitto/"
    row = Reply.objects.sent().get()
    assert (row.position, row.answered_by, row.is_late) == ("remarks", "Alex Lind", False)
    assert row.circle == "public"
    assert Comment.objects.get().circle == "public"
    text = client.get(f"{url}kvitto/").content.decode()
    assert "Skriv hellre ofta." in text
    mail = Message.objects.get(kind="consultation-receipt")
    assert mail.to_email == "asken@example.org"
    assert "Skriv hellre ofta." in mail.text


def test_nothing_but_a_position_may_be_said_only_of_one_who_agrees_or_abstains(client, url):
    assert send(client, url, "opposes").status_code == 422
    assert send(client, url, "").status_code == 422
    assert not Reply.objects.sent().exists()
    assert send(client, url, "supports").status_code == 302


def test_what_is_too_long_is_kept_as_typed_and_refused_in_words(client, url):
    said, key = opened(client, url, "2")
    long = "å" * 100_000
    response = client.post(url, {**said, f"c-{key}-text": long, f"c-{key}-quotation": ""})
    assert response.status_code == 422
    text = response.content.decode()
    assert long in text
    assert "20000" in text.replace("\xa0", "").replace(" ", "")
    assert not Comment.objects.exists()


def test_the_same_form_sent_twice_writes_one_comment(client, url):
    said, key = opened(client, url, "2")
    form = {**said, f"c-{key}-text": "En gång", f"c-{key}-quotation": ""}
    client.post(url, form)
    client.post(url, form)
    assert Comment.objects.count() == 1


def test_a_quotation_without_a_comment_is_refused(client, url):
    assert comment(client, url, "2", "", "varje år").status_code == 422


def test_a_comment_that_is_emptied_is_taken_away(client, url):
    comment(client, url, "2", "Först så")
    said, _key = opened(client, url, "2")
    row = Comment.objects.get()
    kept = kept_fields(client, url, "2")
    client.post(url, {**kept, **said, f"c-{row.key}-text": "", f"c-{row.key}-quotation": ""})
    assert not Comment.objects.exists()


def test_questions_are_answered_where_they_belong(client, consultation):
    section = Section.objects.get(key="skane.2027.2")
    consultation.questions.create(key="q1", number=1, text="Hur ofta?", section=section)
    consultation.questions.create(key="q2", number=2, text="Något mer?")
    asked = came(open_now(consultation))
    url = link_of(asked)
    client.post(url, {**opened(client, url, "2")[0], "q-q1": "Varje månad"})
    client.post(url, {**opened(client, url, "allmant")[0], "q-q2": "Nej", "text": "Bra helhet."})
    assert {it.text for it in QuestionAnswer.objects.all()} == {"Varje månad", "Nej"}
    assert Reply.objects.get().text == "Bra helhet."


def test_the_second_of_two_sees_what_the_first_wrote_and_keeps_the_own_text(url):
    one, two = Client(), Client()
    comment(one, url, "2", "Först")
    said, _key = opened(two, url, "2")
    kept = kept_fields(two, url, "2")
    row = Comment.objects.get()
    name = f"c-{row.key}-text"
    one.post(url, {**kept_fields(one, url, "2"), **opened(one, url, "2")[0], name: "Den enas"})
    response = two.post(url, {**kept, **said, name: "Den andras"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Den enas" in text
    assert "Den andras" in text
    again = re.search(r'name="seen" value="([^"]*)"', text)[1]
    assert two.post(url, {**kept, **said, "seen": again, name: "Den andras"}).status_code == 302
    row.refresh_from_db()
    assert row.text == "Den andras"


def test_nobody_sends_what_a_colleague_has_just_written_unseen(url):
    one, two = Client(), Client()
    said, _key = opened(one, url, "skicka")
    comment(two, url, "2", "Inte sett av den andra")
    response = one.post(url, {**said, "position": "supports", "answered_by": "A"})
    assert response.status_code == 422
    assert not Reply.objects.sent().exists()


def test_what_was_sent_is_changed_until_the_last_day_and_its_history_kept(client, asked, url):
    first = answered(asked)
    assert client.get(url)["Location"] == f"{url}kvitto/"
    client.post(url, {"do": "again"})
    assert Reply.objects.sent().get() == first
    comment(client, url, "1", "Ett tillägg")
    send(client, url, "opposes")
    first.refresh_from_db()
    later = Reply.objects.sent().get()
    assert first.replaced_by == later
    assert later.comments.count() == 2
    assert (first.circle, later.circle) == ("agreement:skane", "public")
    assert client.get(f"/remisser/remissen/svar/{first.key}/").status_code == 404


def test_leaving_a_change_lets_what_was_sent_stand(client, asked, url):
    first = answered(asked)
    client.post(url, {"do": "again"})
    client.post(url, {"do": "leave"})
    assert list(Reply.objects.all()) == [first]
    assert Comment.objects.count() == 1


def test_a_late_answer_is_taken_and_marked_but_not_changed(client, asked, url, out):
    past_deadline(out)
    assert answered(asked).is_late
    response = client.post(url, {"do": "again"})
    assert response.status_code == 409
    assert "kansliet@example.org" in response.content.decode()


def test_after_closing_words_say_whom_to_write_to(client, asked, url, out):
    comment(client, url, "2", "Aldrig skickat")
    said, _key = opened(client, url, "skicka")
    close(out)
    response = client.post(url, {**said, "position": "supports", "answered_by": "A"})
    assert response.status_code == 409
    assert "kansliet@example.org" in response.content.decode()
    text = client.get(url).content.decode()
    assert "kansliet@example.org" in text
    assert "Aldrig skickat" in text


def test_without_a_contact_it_names_the_parties_of_today_that_everybody_may_read(client, url, out):
    it = out.agreement
    PartyFactory(agreement=it, organisation=None, title="Byalagen")
    PartyFactory(agreement=it, organisation__name="Förr", end="2015-12-31")
    PartyFactory(agreement=it, organisation__name="Gömd", organisation__circle="organisation:gomd")
    Consultation.objects.update(contact="")
    close(out)
    text = client.get(url).content.decode()
    assert "Byalagen" in text
    assert "Den idéburna sektorn i Skåne" in text
    assert "Region Skåne" in text
    assert "Förr" not in text
    assert "Gömd" not in text


def test_a_last_day_for_late_answers_holds_by_itself(client, url, out):
    past_deadline(out, 3)
    out.refresh_from_db()
    out.closes = out.deadline
    out.save()
    assert send(client, url, "supports").status_code in {409, 404} or not Reply.objects.exists()
    assert not Reply.objects.sent().exists()


def test_a_changed_token_another_consultation_and_a_cut_link_open_nothing(client, asked, url):
    assert client.get(url[:-2] + "x/").status_code == 404
    assert client.get(url.replace("remissen", "annan")).status_code == 404
    asked.cut_link()
    asked.save()
    assert client.get(url).status_code == 404
    assert client.post(url, {"part": "2"}).status_code == 404


def test_the_link_of_one_organisation_writes_for_it_alone(client, url, out):
    comment(client, url, "2", "Askens")
    other = link_of(out.consulted.get(organisation__key="boken"))
    assert "Askens" not in client.get(f"{other}?del=2").content.decode()
    row = Comment.objects.get()
    said, _key = opened(client, other, "2")
    # The key of somebody else's comment.
    response = client.post(
        other, {**said, f"c-{row.key}-text": "Stulen", f"c-{row.key}-quotation": ""}
    )
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.text == "Askens"


def test_an_unknown_part_and_another_method_are_refused(client, url):
    assert client.get(f"{url}?del=99").status_code == 404
    assert client.post(url, {"part": "99"}).status_code == 404
    assert client.put(url).status_code == 405


def test_a_comment_on_a_section_that_is_gone_or_changed_is_kept_and_told(client, asked, url):
    comment(client, url, "1", "Om bakgrunden", "tillit")
    comment(client, url, "2", "Om formerna", "varje år")
    Section.objects.filter(key="skane.2027.1").delete()
    Section.objects.filter(key="skane.2027.2").update(text="Vi möts varje månad.")
    text = client.get(f"{url}?del=borta").content.decode()
    assert "Om bakgrunden" in text
    assert "finns inte längre i utkastet" in text
    assert "ändrats sedan" in client.get(f"{url}?del=2").content.decode()
    assert send(client, url).status_code == 302
    assert Comment.objects.filter(reply__submitted_at__isnull=False).count() == 2


def test_a_section_that_goes_while_somebody_writes_about_it_is_told(client, url):
    said, key = opened(client, url, "1")
    Section.objects.filter(key="skane.2027.1").delete()
    response = client.post(url, {**said, f"c-{key}-text": "För sent", f"c-{key}-quotation": ""})
    assert response.status_code == 404


def test_signed_in_one_answers_for_the_own_organisation_without_a_link(cast, out):
    page = "/remisser/remissen/organisation/foreningen/"
    assert cast.member.get("/remisser/remissen/svara/")["Location"] == page
    assert cast.member.get(page).status_code == 200
    comment(cast.member, page, "2", "Inloggad")
    assert send(cast.member, page, "supports", "Mina").status_code == 302
    row = Reply.objects.sent().get()
    assert (row.by, row.organisation.key) == ("person:mina", "foreningen")
    assert Consulted.objects.get(organisation__key="foreningen").came == "itself"
    assert cast.outsider.get(page).status_code == 403
    assert cast.anonymous.get(page).status_code == 302


def test_who_was_not_invited_and_may_not_come_is_told(cast, out):
    out.is_open_to_all = False
    out.save()
    page = "/remisser/remissen/organisation/foreningen/"
    assert cast.member.get(page).status_code == 404
    assert cast.anonymous.get("/remisser/remissen/svara/").status_code == 200
    assert cast.anonymous.post("/remisser/remissen/svara/", {}).status_code == 409


def test_anybody_names_an_organisation_and_gets_a_link_by_mail(client, out):
    page = reverse("agreements:come-to-answer", args=["remissen"])
    said = {"name": "Grannarna", "email": "Grannar@Example.org"}
    assert client.post(page, said).status_code == 200
    assert client.post(page, said).status_code == 200  # the same again at once: no second mail
    row = Consulted.objects.get(email="grannar@example.org")
    mail = Message.objects.get(kind="consultation-link")
    link = re.search(r"/remisser/remissen/svara/[\w-]+/", mail.text)[0]
    assert row not in Consulted.objects.counted_in()
    comment(client, link, "2", "Vi grannar")
    assert row in Consulted.objects.counted_in()
    send(client, link)
    assert Message.objects.filter(kind="consultation-receipt").get().to_email == row.email
    assert "Grannarna" in client.get("/remisser/remissen/svar/").content.decode()


def test_a_wrong_address_or_none_gets_words(client, out):
    page = reverse("agreements:come-to-answer", args=["remissen"])
    for email in ("", "inte en adress", "a@b"):
        response = client.post(page, {"name": "Grannarna", "email": email})
        assert response.status_code == 422
    assert client.post(page, {"name": "", "email": "a@example.org"}).status_code == 422
    assert not Consulted.objects.filter(organisation=None).exists()


def test_an_address_gets_few_links_a_day(client, out):
    page = reverse("agreements:come-to-answer", args=["remissen"])
    said = {"name": "Grannarna", "email": "grannar@example.org"}
    statuses = [client.post(page, said).status_code for _time in range(6)]
    assert statuses == [200] * 5 + [422]


def test_a_consultation_that_is_prepared_is_answered_by_nobody(client, consultation):
    asked = came(consultation)
    assert "inte skickats ut" in client.get(link_of(asked)).content.decode()
    assert client.post(link_of(asked), {"part": "2"}).status_code == 409


def test_what_a_colleague_adds_meanwhile_is_left_as_it_is(url):
    one, two = Client(), Client()
    said, key = opened(two, url, "2")
    comment(one, url, "2", "Den enas")
    form = {**said, f"c-{key}-text": "Den andras", f"c-{key}-quotation": ""}
    assert two.post(url, form).status_code == 302
    assert {it.text for it in Comment.objects.all()} == {"Den enas", "Den andras"}
