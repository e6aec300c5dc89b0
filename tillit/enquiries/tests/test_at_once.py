"""Several at once, each with a connection of its own: nothing is written twice, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tillit.enquiries import tasks, turning
from tillit.enquiries.models import Asked, Correction, Deed, Round, Sending
from tillit.enquiries.taking_over import take_over
from tillit.enquiries.tests.factories import AskedFactory, CorrectionFactory, EnquiryFactory
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.register.models import Name
from tillit.register.tests.factories import ContactFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
KARIN = Actor("person:karin", "organisation:paraplyet")
AT_ONCE = 4


def at_once(work):
    """What came of the same work, begun by several at the same moment."""
    barrier = Barrier(AT_ONCE)

    def one(number):
        barrier.wait()
        try:
            return work(number) or "done"
        except (Refused, ValidationError) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(map(str, pool.map(one, range(AT_ONCE))))


@pytest.fixture
def umbrella():
    it = OrganisationFactory(key="paraplyet")
    for number in range(5):
        member = OrganisationFactory(key=f"m{number}")
        MembershipFactory(umbrella=it, member=member)
        ContactFactory(organisation=member, email=f"m{number}@example.org")
    return it


def test_it_is_opened_once(umbrella):
    it = EnquiryFactory(umbrella=umbrella, state="draft")
    found = at_once(lambda _n: turning.open_to_members(it, KARIN, timezone.now()) and None)
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    assert Asked.objects.count() == 5
    assert Round.objects.count() == Deed.objects.count() == 1


def test_several_workers_write_to_each_member_once(umbrella):
    it = EnquiryFactory(umbrella=umbrella, state="draft")
    round_ = turning.open_to_members(it, KARIN, timezone.now())
    at_once(lambda _n: tasks.send_round.func(round_.pk))
    assert Sending.objects.count() == Message.objects.count() == 5
    assert Round.objects.get().finished_at


def test_several_rounds_write_to_each_member_once(umbrella):
    it = EnquiryFactory(umbrella=umbrella, state="draft")
    now = timezone.now()
    rounds = [turning.open_to_members(it, KARIN, now)]
    rounds += [turning.begin_round(it, KARIN, now) for _round in range(AT_ONCE - 1)]
    at_once(lambda number: tasks.send_round.func(rounds[number].pk))
    assert Sending.objects.count() == Message.objects.count() == 5
    assert not Round.objects.unfinished().exists()


def test_of_several_who_correct_the_same_one_is_kept_and_the_others_are_told(umbrella):
    asked = AskedFactory(
        enquiry=EnquiryFactory(umbrella=umbrella), member=umbrella.members.first().member
    )
    url = reverse("enquiries:answer", args=[asked.enquiry.key, asked.token])
    page = Client().get(f"{url}?del=details").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    said = {"step": "details", "do": "save", "name": asked.member.name, "seen": seen}

    def answer(number):
        return Client().post(url, {**said, "web": f"https://{number}.example.org"}).status_code

    assert at_once(answer) == ["302"] + ["422"] * (AT_ONCE - 1)
    assert Correction.objects.count() == 1


def test_a_correction_is_taken_over_once(umbrella):
    member = umbrella.members.first().member
    asked = AskedFactory(enquiry=EnquiryFactory(umbrella=umbrella), member=member)
    it = CorrectionFactory(
        asked=asked, what="name", before={"name": member.name}, after={"name": "Nytt namn"}
    )
    found = at_once(lambda _n: take_over(it, KARIN, timezone.now()))
    assert found == ["Refused"] * (AT_ONCE - 1) + ["done"]
    assert Name.objects.filter(name="Nytt namn").count() == 1
