"""Who answered is forgotten in time, or when asked for; what was answered stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.enquiries import demo
from tillit.enquiries.figures import figures_of
from tillit.enquiries.keeping import erase, own_rows, purge
from tillit.enquiries.models import Answer, Asked, Correction, Deed, Enquiry, Sending
from tillit.enquiries.tests.factories import CorrectionFactory, QuestionFactory
from tillit.kit.access import viewer_for
from tillit.kit.contributions import links_to, retentions
from tillit.post.models import Message
from tillit.register.models import Organisation
from tillit.register.tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(story):
    Asked.objects.update(
        answered_at=timezone.now(),
        way="signed_in",
        answered_by="Mina Menig",
        answered_as="ordförande",
        by="person:mina",
        note="Ringt Mina.",
    )
    Answer.objects.create(
        asked=story.asked, question=QuestionFactory(enquiry=story.enquiry), value="Ja"
    )
    CorrectionFactory(
        asked=story.asked,
        key="ny",
        what="contact_new",
        row_key="",
        before={},
        after={"name": "Mina", "email": "mina@example.org", "phone": ""},
    )
    CorrectionFactory(asked=story.asked, key="webb")
    return story


class TestInTime:
    def test_ninety_days_after_closing(self, cast, answered):
        link = answered.link
        Enquiry.objects.update(
            state="closed",
            opens=timezone.localdate() - timedelta(days=9),
            closes=timezone.localdate(),
        )
        today = timezone.localdate()
        assert purge(today + timedelta(days=90)) == 0
        assert purge(today + timedelta(days=91)) == 2
        assert purge(today + timedelta(days=91)) == 0
        it = Asked.objects.get()
        assert (it.answered_by, it.answered_as, it.by, it.note, it.token_hash) == (
            "",
            "",
            "",
            "",
            None,
        )
        assert it.answered_at
        assert Answer.objects.get().value == "Ja"
        assert cast.anonymous.get(link).status_code == 404
        said = Correction.objects.get(key="ny")
        assert (said.before, said.after) == ({}, {})
        assert said.dismissed_at
        assert Correction.objects.get(key="webb").after

    def test_not_while_it_is_open(self, answered):
        assert purge(timezone.localdate() + timedelta(days=9000)) == 0

    def test_it_is_listed_with_the_others(self):
        assert "enquiries" in {it.name for it in retentions()}


class TestOnePerson:
    def test_sees_what_is_kept(self, answered, django_user_model):
        mina = django_user_model.objects.get(email="mina@example.org")
        rows = own_rows("person:mina", mina.pk)
        assert [row.get("name") for row in rows] == ["Mina Menig", None]
        assert rows[1]["after"]["email"] == "mina@example.org"
        assert own_rows("", None) == []
        assert own_rows("person:omar", None) == []

    def test_is_erased_and_the_answer_stays(self, answered, django_user_model):
        mina = django_user_model.objects.get(email="mina@example.org")
        Deed.objects.create(
            enquiry=answered.enquiry, kind="opened", at=timezone.now(), by="person:mina"
        )
        assert erase("person:mina", mina.pk) == 3
        it = Asked.objects.get()
        assert (it.answered_by, it.by) == ("", "person:-erased")
        assert Answer.objects.exists()
        assert Correction.objects.get(key="ny").after == {}
        assert Deed.objects.get().by == "person:-erased"
        assert erase("", None) == 0


def test_rows_have_titles_for_who_may_read_them(answered, django_user_model):
    subjects = [
        answered.enquiry.subject,
        answered.asked.subject,
        "correction:webb",
        "correction:ny",
    ]
    karin, ulf = (
        viewer_for(django_user_model.objects.get(email=f"{it}@example.org").pk)
        for it in ("karin", "ulf")
    )
    assert set(links_to(subjects, karin)) == set(subjects)
    assert links_to(subjects, ulf) == {}


class TestDemo:
    @pytest.fixture
    def network(self, db):
        umbrella = OrganisationFactory(key="natverket")
        for number in range(8):
            MembershipFactory(
                umbrella=umbrella, member=OrganisationFactory(key=f"m{number}"), start="2010"
            )
        MembershipFactory(umbrella=umbrella, member=OrganisationFactory(key="foreningen-furuboda"))
        return umbrella

    def test_it_is_invented_and_says_so_and_is_there_once(self, network):
        demo.populate()
        demo.populate()
        former, later = Enquiry.objects.order_by("year")
        assert (former.state, later.state) == ("closed", "open")
        assert all("påhittad" in it.title for it in (former, later))
        assert later.copied_from == former
        assert 0 < later.asked.answered().count() < later.asked.count()
        assert Sending.objects.exists()
        assert all(it.to_email.endswith("example.org") for it in Message.objects.all())

    def test_the_figures_can_be_compared(self, network):
        demo.populate()
        figures = figures_of(Enquiry.objects.latest("year"))
        assert len(figures) == 4
        assert all(it.answered for it in figures)

    def test_without_the_network_there_is_nothing(self, db):
        demo.populate()
        assert not Enquiry.objects.exists()
        assert not Organisation.objects.exists()
