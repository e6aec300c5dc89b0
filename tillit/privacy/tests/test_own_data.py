"""One's own data: to read, to print, to take away and to put right."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tillit.accounts.models import User
from tillit.kit.changes import Actor, change
from tillit.kit.contributions import own_data_of
from tillit.kit.models import Activity
from tillit.register.models import Organisation, Person

pytestmark = pytest.mark.django_db
PAGES = ["/mina-uppgifter/", "/mina-uppgifter/rattelse/", "/mina-uppgifter/sign_in/"]
FILES = ["/mina-uppgifter.json", "/mina-uppgifter/utskrift/"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_for_whoever_has_signed_in(cast, page, most_queries):
    for client in (cast.coordinator, cast.official, cast.member, cast.outsider):
        with most_queries():
            answer = client.get(page)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
    assert cast.anonymous.get(page).status_code == 302


@pytest.mark.parametrize("page", [*PAGES[:1], *FILES, "/mina-uppgifter/activity/"])
def test_they_refuse_to_be_written_to(cast, page):
    assert cast.member.post(page).status_code == 405


def test_every_part_has_a_page_with_why_and_for_how_long(cast, most_queries):
    parts = own_data_of("person:mina", None)
    assert {"sign_in", "mails", "activity", "requests"} <= {it.name for it in parts}
    for it in parts:
        with most_queries():
            answer = cast.member.get(f"/mina-uppgifter/{it.name}/")
        assert answer.status_code == 200
        assert str(it.why) in answer.content.decode().replace("&#x27;", "'")


def test_an_unknown_part_is_not_found(cast):
    assert cast.member.get("/mina-uppgifter/finns-inte/").status_code == 404


def test_the_parts_are_the_same_for_nobody_and_say_all_that_the_law_asks():
    parts = own_data_of("", None)
    assert [it.name for it in parts] == [it.name for it in own_data_of("person:x", 0)]
    assert len({it.name for it in parts}) == len(parts)
    for it in parts:
        assert it.title
        assert it.why
        assert it.ground, it.name
        assert it.seen_by, it.name
        assert it.kept_for, it.name
        assert it.rows() == [], it.name


def test_every_value_has_a_word(cast, mina):
    change(mina, {"name": "Mina Ek"}, Actor(mina.subject))
    for part in own_data_of(mina.subject, mina.account_id):
        for row in part.rows():
            assert row.keys() <= part.labels.keys(), part.name


def test_the_file_is_json_with_all_parts_and_says_so(cast, mina):
    change(mina, {"name": "Mina Åkesson"}, Actor(mina.subject))
    answer = cast.member.get("/mina-uppgifter.json")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Content-Disposition"] == 'attachment; filename="mina-uppgifter.json"'
    assert "Åkesson" in answer.content.decode()  # as people write it, not by number
    said = json.loads(answer.content)
    assert said["format"] == "tillit-own-data/1"
    assert said["person"] == "person:mina"
    parts = {part["name"]: part for part in said["parts"]}
    assert parts["sign_in"]["rows"][0]["addresses"] == ["mina@example.org"]
    (done,) = parts["activity"]["rows"]
    assert done["changes"] == {"name": ["Mina", "Mina Åkesson"]}
    assert done["at"].endswith("+00:00")


def test_the_file_is_the_same_each_time(cast, mina):
    assert (
        cast.member.get("/mina-uppgifter.json").content
        == cast.member.get("/mina-uppgifter.json").content
    )


def test_the_file_is_of_oneself_alone(cast, mina):
    change(mina, {"name": "Mina Ek"}, Actor("person:karin"))
    said = cast.outsider.get("/mina-uppgifter.json").content.decode()
    assert "mina" not in said.casefold().replace("mina uppgifter", "")


@pytest.mark.parametrize("page", FILES)
def test_more_rows_take_no_more_questions(cast, mina, page):
    def count():
        with CaptureQueriesContext(connection) as asked:
            assert cast.member.get(page).status_code == 200
        return len(asked)

    change(mina, {"name": "Mina Ek"}, Actor(mina.subject))
    count()  # what is remembered from page to page is asked once
    before = count()
    for number in range(30):
        change(mina, {"name": f"Mina {number}"}, Actor(mina.subject))
    assert count() == before


def test_of_many_rows_the_page_shows_the_latest_and_the_file_all(cast, mina):
    for number in range(130):
        change(mina, {"name": f"Mina {number:03}"}, Actor(mina.subject))
    page = cast.member.get("/mina-uppgifter/activity/").content.decode()
    assert "Mina 129" in page
    assert "Mina 010" not in page
    assert "Mina 010" in cast.member.get("/mina-uppgifter.json").content.decode()


def test_one_puts_name_and_language_right_and_it_is_noted(cast, mina):
    answer = cast.member.post("/mina-uppgifter/rattelse/", {"name": "Mina Ek", "language": "en"})
    assert answer.status_code == 302
    mina.refresh_from_db()
    assert mina.name == "Mina Ek"
    assert User.objects.get(pk=mina.account_id).language == "en"
    noted = Activity.objects.get(subject=mina.subject)
    assert (noted.actor, noted.changes) == ("person:mina", {"name": ["Mina", "Mina Ek"]})


@pytest.mark.parametrize(
    "typed", [{"name": "", "language": "sv"}, {"name": "x" * 121, "language": "sv"}, {"name": "M"}]
)
def test_what_can_t_be_taken_is_told_and_stays_as_typed(cast, mina, typed):
    answer = cast.member.post("/mina-uppgifter/rattelse/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Person.objects.get(key="mina").name == "Mina"


def test_an_account_that_is_nobody_in_the_register_has_no_name_to_put_right(db, client):
    client.force_login(User.objects.create_user("ny@example.org"))
    assert "name" not in client.get("/mina-uppgifter/rattelse/").context["form"].fields
    answer = client.post("/mina-uppgifter/rattelse/", {"language": "en", "name": "Någon"})
    assert answer.status_code == 302
    assert client.get("/mina-uppgifter.json").status_code == 200


def test_what_was_done_with_what_is_about_one_is_told_too(cast, mina):
    change(mina, {"name": "Mina Ek"}, Actor("person:karin", "organisation:paraplyet"))
    (part,) = [it for it in own_data_of(mina.subject, mina.account_id) if it.name == "changes"]
    assert [row["changes"] for row in part.rows()] == [{"name": ["Mina", "Mina Ek"]}]
    (part,) = [it for it in own_data_of("person:karin", None) if it.name == "activity"]
    assert [row["subject"] for row in part.rows()] == ["person:mina"]
    assert Organisation.objects.filter(key="paraplyet").exists()
