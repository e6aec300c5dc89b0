"""An open enquiry of the umbrella, and Mina's organisation that is asked."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from tillit.enquiries.models import Asked, Enquiry
from tillit.enquiries.tests.factories import AskedFactory, EnquiryFactory
from tillit.register.models import Membership, Organisation
from tillit.register.tests.factories import (
    AddressFactory,
    ContactFactory,
    MembershipFactory,
    PersonFactory,
)


@dataclass
class Story:
    umbrella: Organisation
    member: Organisation
    membership: Membership
    enquiry: Enquiry
    asked: Asked

    @property
    def link(self) -> str:
        return reverse("enquiries:answer", args=[self.enquiry.key, self.asked.token])

    def contact(self, name: str = "Mina", email: str = "mina@example.org", **more: Any) -> Any:
        person = PersonFactory(name=name)
        return ContactFactory(organisation=self.member, person=person, email=email, **more)


@pytest.fixture
def story(cast: Any) -> Story:
    umbrella = Organisation.objects.select_related("secretariat").get(key="paraplyet")
    member = Organisation.objects.get(key="foreningen")
    Organisation.objects.filter(pk=member.pk).update(web="https://gammal.example.org")
    member.refresh_from_db()
    AddressFactory(organisation=member, key="foreningen.post")
    membership = MembershipFactory(umbrella=umbrella, member=member, start="2020-01-01")
    enquiry = EnquiryFactory(umbrella=umbrella, key="fragan")
    asked = AskedFactory(enquiry=enquiry, member=member, key="vi")
    return Story(umbrella, member, membership, enquiry, asked)
