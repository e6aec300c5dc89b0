"""A link that went astray: cut, and another mailed, by the organisation itself or by a party."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tillit.agreements.consulting import sending
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.consulted import close, comment, link_of
from tillit.kit.models import Activity
from tillit.post.models import Message
from tillit.register.models import Contact

pytestmark = pytest.mark.django_db
ASKED = "/remisser/remissen/tillfragade/"


@pytest.fixture
def sides(cast):
    """Omar works for the region."""
    acts_for("region-skane", "omar", "secretariat")
    return cast


def of_asken(out):
    sending.write_to_asked(out.pk, timezone.now() - timedelta(hours=1))
    row = out.consulted.get(organisation__key="asken")
    return row, link_of(row), f"{ASKED}{row.key}/lank/"


def test_a_link_that_went_astray_is_cut_and_a_new_one_is_mailed(out, sides):
    row, former, url = of_asken(out)
    comment(Client(), former, "2", "Skriv hellre ofta.")
    assert url in sides.official.get(ASKED).content.decode()
    assert "1 adress" in sides.official.get(url).content.decode()
    assert sides.official.post(url).status_code == 302
    row.refresh_from_db()
    assert Client().get(former).status_code == 404
    assert "Skriv hellre ofta." in Client().get(f"{link_of(row)}?del=2").content.decode()
    mail = Message.objects.filter(to_email="asken@example.org").latest("pk")
    assert link_of(row) in mail.text
    assert "öppnar inget längre" in mail.text
    told = Activity.objects.filter(subject=row.subject).latest("pk")
    assert "länk" in told.reason
    assert not {"token_seed", "token_hash"} & told.changes.keys()


def test_who_edits_for_the_organisation_has_a_new_link_sent_itself(out, sides, cast):
    _row, former, url = of_asken(out)
    acts_for("asken", "mina", "edit")
    assert url in cast.member.get("/remisser/remissen/organisation/asken/").content.decode()
    assert cast.member.post(url).status_code == 302
    assert Client().get(former).status_code == 404


def test_one_is_mailed_at_a_time(out, sides):
    row, _former, url = of_asken(out)
    assert sides.official.post(url).status_code == 302
    row.refresh_from_db()
    answer = sides.official.post(url)
    assert answer.status_code == 409
    assert "Vänta fem minuter" in answer.content.decode()
    assert Client().get(link_of(row)).status_code == 200
    assert Message.objects.filter(to_email="asken@example.org").count() == 2


def test_others_have_no_link_renewed_and_none_of_what_is_not_open(out, sides, cast):
    _row, former, url = of_asken(out)
    acts_for("boken", "mina", "edit")
    assert cast.member.get(url).status_code == 404
    assert cast.outsider.post(url).status_code == 404
    assert cast.anonymous.get(url).status_code == 302
    assert sides.official.put(url).status_code == 405
    assert Client().get(former).status_code == 200
    close(out)
    assert sides.official.post(url).status_code == 403


def test_a_link_that_is_cut_may_have_nobody_to_go_to(out, sides):
    _row, former, url = of_asken(out)
    Contact.objects.filter(organisation__key="asken").delete()
    response = sides.official.post(url, follow=True)
    assert "ingen adress" in response.content.decode()
    assert Client().get(former).status_code == 404
