"""What letters give to the desk, to a hand-over and to one's own data."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conftest import signed_in
from tillit.accounts.models import User
from tillit.kit import contributions
from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor
from tillit.kit.contributions import Fate, HandOver
from tillit.kit.days import today
from tillit.letters import keeping, waiting
from tillit.letters.choices import Outcome
from tillit.letters.contributes import from_it
from tillit.letters.models import Letter, Recipient
from tillit.letters.outcomes import progress_of
from tillit.letters.rules import may_work_on, may_write_letters
from tillit.post.models import Message, State
from tillit.post.opting_out import topic_title
from tillit.register.choices import Side
from tillit.register.models import Mandate, Organisation, Person, Secretariat
from tillit.register.situations import answers
from tillit.register.tests.factories import MandateFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def viewer(name):
    return viewer_for(User.objects.get(email=f"{name}@example.org").pk)


def asked(name):
    found = contributions.asked_of(viewer(name), today())
    return [it for it in found if it.url.startswith("/utskick/")]


@pytest.fixture
def sent(cast, write, looked_after, press_send):
    letter = write()
    looked_after("alfa", "anna@example.org")
    looked_after("beta", "bo@example.org")
    press_send(cast.coordinator, letter)
    Message.objects.update(state=State.SENT)
    return letter


def test_an_old_draft_waits_for_the_office_alone(cast, write):
    write(touched_at=timezone.now() - timedelta(days=8))
    write(key="nytt", touched_at=timezone.now() - timedelta(days=6))
    [one] = asked("karin")
    assert one.url == "/utskick/brevet/"
    assert one.capacity == "karin"
    assert [asked(name) for name in ("omar", "mina", "ulf")] == [[], [], []]


def test_a_mail_that_nobody_knows_of_waits_until_it_is_decided(sent):
    Message.objects.filter(to_email="bo@example.org").update(state=State.UNCERTAIN)
    [one] = asked("karin")
    assert one.url == "/utskick/brevet/mottagare/?outcome=uncertain"
    Message.objects.update(decided_at=timezone.now())
    assert asked("karin") == []


def test_who_writes_no_letters_is_asked_nothing_of_the_database(cast, django_assert_num_queries):
    seen = viewer("mina")
    with django_assert_num_queries(0):
        assert list(waiting.asked(seen, today())) == []


def test_drafts_pass_to_the_successor_and_stay_the_offices(cast, write):
    karin = Person.objects.get(key="karin")
    successor = PersonFactory(key="efterträdaren".replace("ä", "a"))
    mine, kept, ended = (write(key=key, writer=karin) for key in ("mitt", "kvar", "slut"))
    write(key="ivag", writer=karin, started_at=timezone.now())
    held = [
        it
        for it in contributions.holdings_of(
            karin.subject, "organisation:paraplyet", viewer("karin")
        )
        if it.subject.startswith("letter:")
    ]
    assert {it.subject for it in held} == {mine.subject, kept.subject, ended.subject}
    act = HandOver(
        leaver=karin.subject, successor=successor.subject, behalf="organisation:paraplyet",
        last_day=today(), actor=Actor(karin.subject),
        fates={kept.subject: Fate.STAY, ended.subject: Fate.END},
    )  # fmt: skip
    assert waiting.hand_over(act) == 2
    writers = dict(Letter.objects.values_list("key", "writer__key"))
    assert writers == {"mitt": successor.key, "kvar": "karin", "slut": None, "ivag": "karin"}


def test_one_sees_what_letters_one_got(cast, sent):
    anna = Person.objects.get(name="Anna")
    parts = {it.name: it for it in contributions.own_data_of(anna.subject, None)}
    [row] = parts["letters"].rows()
    assert (row["subject"], row["sender"], row["organisation"]) == ("Årsmöte", "Paraplyet", "Alfa")
    assert set(row) <= set(parts["letters"].labels)
    nobody = {it.name: it for it in contributions.own_data_of("", None)}
    assert nobody["letters"].rows() == []


def test_erasing_a_person_leaves_the_figures(cast, sent):
    anna = Person.objects.get(name="Anna")
    assert keeping.erase(anna.subject, None) == 1
    gone = Recipient.objects.get(title="Alfa")
    assert (gone.email, gone.name, gone.person, gone.kept_outcome) == ("", "", None, "sent")
    assert progress_of(sent).of(Outcome.SENT) == 2
    assert cast.coordinator.get(f"/utskick/brevet/mottagare/{gone.key}/").status_code == 200
    assert keeping.erase("person:karin", None) == 1
    assert Letter.objects.get().started_by is None


def test_addresses_are_erased_after_a_year_and_the_figures_stay(cast, sent):
    retention = next(it for it in contributions.retentions() if it.name == "letters")
    in_a_year = today() + timedelta(days=retention.days)
    assert retention.purge(in_a_year) == 0
    assert retention.purge(in_a_year + timedelta(days=2)) == 2
    assert retention.purge(in_a_year + timedelta(days=2)) == 0
    assert not Recipient.objects.exclude(email="").exists()
    Message.objects.all().delete()
    assert progress_of(sent).of(Outcome.SENT) == 2
    assert "org" not in str(cast.coordinator.get("/utskick/brevet/mottagare.csv").getvalue())


def test_topics_say_whose_letters_one_says_no_to(cast):
    number = Organisation.objects.get(key="paraplyet").pk
    assert "Paraplyet" in str(topic_title(f"news.{number}"))
    assert "Paraplyet" in str(topic_title(f"invitation.{number}"))
    for strange in ("news.", "news.x", "required.1", "x", "news.99999999"):
        assert topic_title(strange)


def test_who_may_write_letters_is_told_by_mandates_of_today(cast):
    assert may_write_letters(viewer("karin"))
    assert may_write_letters(viewer("omar"))
    Mandate.objects.filter(person__key="karin").update(
        possible_until=date(2020, 1, 1), certain_until=date(2020, 1, 1)
    )
    assert not may_write_letters(viewer("karin"))


@pytest.mark.parametrize("side", list(Side))
def test_the_page_of_rules_says_of_letters_what_requests_answer(cast, write, side):
    """Of each stand, for a letter of the organisation itself and for one of its side's secretariat."""
    kept = Secretariat.objects.get(side=side)
    own = OrganisationFactory(key="egen", sector=side, secretariat=kept)
    write(side, key="kansliets")
    write(side, key="egna", organisation=own, secretariat=None)
    offices = {Side.CIVIL: cast.coordinator, Side.PUBLIC: cast.official}
    browsers = {"anonymous": cast.anonymous, "outsider": cast.outsider}
    browsers |= {
        "secretariat" if its == side else "other-secretariat": it for its, it in offices.items()
    }
    for extent, stand in (("read", "reads"), ("edit", "edits"), ("lead", "leads")):
        user = User.objects.create_user(f"{stand}@example.org")
        person = PersonFactory(key=stand, account=user)
        MandateFactory(person=person, organisation=own, extent=extent, start="2010", end="..")
        browsers[stand] = signed_in(user)
    acts = [it for it in contributions.acts() if it.rule is may_work_on]
    assert len(acts) == 4
    for told in answers(acts, side):
        key = "egna" if told.act.of is from_it else "kansliets"
        for stand, may in told.stands:
            if browser := browsers.get(stand.key):
                page = browser.get(f"/utskick/{key}/text/")
                assert (page.status_code == 200) is may, (told.act.title, stand.title)
