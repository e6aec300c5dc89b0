"""An invented draft and its consultation, for a demo to have something to answer. Never for real."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tillit.agreements.choices import (
    AimKind,
    Came,
    ConsultationDeedKind,
    Outcome,
    Position,
    Stage,
)
from tillit.agreements.consulting.preparing import asked_of
from tillit.agreements.models import (
    Agreement,
    Aim,
    Comment,
    Commitment,
    Consultation,
    ConsultationDeed,
    ConsultationQuestion,
    Consulted,
    Reply,
    Response,
    Section,
    Version,
)
from tillit.agreements.models.comment import read_of
from tillit.kit.changes import new_key
from tillit.kit.search.index import follow
from tillit.register.choices import Side
from tillit.register.models import Organisation

AGREEMENT = "skane"
OUT, COMING = "demo-remiss", "demo-remiss-forbereds"
ASKED = ("foreningen-furuboda", "abf-malmo", "skaneidrotten", "skanes-idrottsforbund", "malmo-stad")
TEXTS = (
    (
        "1",
        "Varför vi gör om överenskommelsen",
        "Mycket har hänt sedan sist. Vi vill kunna lita på varandra.",
    ),
    ("2", "Hur vi arbetar", "Vi möts en gång om året och följer upp vad vi har lovat."),
    ("3", "Hur vi följer upp", "Båda sidor berättar vad de har gjort med sina egna åtaganden."),
)
AIMS = (
    (AimKind.PURPOSE, "Att vi kan lita på varandra, också när det blir svårt (påhittat)."),
    (AimKind.GOAL, "Att de som berörs är med från början (påhittat)."),
)
PROMISES = (
    (Side.CIVIL, "Vi berättar vad våra medlemmar möter (påhittat)."),
    (Side.PUBLIC, "Vi frågar innan förslaget är färdigt (påhittat)."),
)
SAID = (
    (Position.REMARKS, "2", "en gång om året", "Skriv minst två gånger om året (påhittat)."),
    (Position.SUPPORTS, "1", "", "Bra att det står varför (påhittat)."),
    (Position.OPPOSES, "3", "sina egna åtaganden", "Det måste gå att jämföra (påhittat)."),
)


@transaction.atomic
def populate() -> None:
    """One that is out and answered by some, and one that both sides can send out. Does nothing twice."""
    agreement = Agreement.objects.filter(key=AGREEMENT).first()
    if agreement is None or Consultation.objects.exists():
        return
    out = consultation(agreement, OUT, "Utkast (påhittat)", Stage.CONSULTATION)
    answer(out)
    consultation(agreement, COMING, "Nästa utkast (påhittat)", Stage.DRAFT)


def consultation(agreement: Agreement, key: str, label: str, stage: Stage) -> Consultation:
    name = f"{agreement.key}.{key.removeprefix('demo-')}"
    version = Version.objects.create(key=name, agreement=agreement, label=label, stage=stage)
    sections = [
        Section.objects.create(
            key=f"{name}.{number}", version=version, number=number, heading=heading, text=text
        )
        for number, heading, text in TEXTS
    ]
    beside = [
        *(
            Aim(key=f"{name}.{kind}.1", version=version, kind=kind, number=1, text=text)
            for kind, text in AIMS
        ),
        *(
            Commitment(key=f"{name}.{side}.1", version=version, side=side, number=1, text=text)
            for side, text in PROMISES
        ),
    ]
    for part in beside:
        part.save()
    day = timezone.localdate()
    is_out = stage == Stage.CONSULTATION
    it = Consultation.objects.create(
        key=key,
        version=version,
        title=f"Vad tycker ni? {label}",
        introduction="Allt här är påhittat, för att visa hur en remiss går till.",
        opens=day - timedelta(days=10) if is_out else None,
        deadline=day + timedelta(days=20),
        contact="kansliet@example.org",
        state="open" if is_out else "prepared",
    )
    question = "Vad saknas? (påhittad fråga)"
    asked = ConsultationQuestion.objects.create(key=new_key(), consultation=it, text=question)
    rows = [asked_of(it, found) for found in Organisation.objects.filter(key__in=ASKED)]
    for row in rows:
        row.asked_at = timezone.now() - timedelta(days=10) if is_out else None
        row.save()
    follow([version, *sections, *beside, it, asked])
    return it


def answer(it: Consultation) -> None:
    """Some have answered, each a little differently; one comment has a response."""
    at = timezone.now() - timedelta(days=2)
    ConsultationDeed.objects.create(
        consultation=it, kind=ConsultationDeedKind.OPENED, at=at - timedelta(days=8)
    )
    first = Consulted(key=new_key(), consultation=it, came=Came.ITSELF, confirmed_at=at)
    first.name, first.email = "Grannarna på gatan (påhittad)", "grannar@example.org"
    first.make_link()
    first.save()
    others = it.consulted.exclude(organisation=None).exclude(organisation__key=ASKED[0])[:2]
    for asked, said in zip((first, *others), SAID, strict=False):
        reply(it, asked, said, at)
    comment = Comment.objects.filter(reply__consultation=it, section_number="2").first()
    if comment:
        led_to = it.version.sections.get(number="2")
        why = "Det gör det lättare att hålla ihop (påhittat)."
        Response.objects.create(
            key=new_key(),
            consultation=it,
            reply=comment.reply,
            comment=comment,
            outcome=Outcome.TAKEN,
            why=why,
            led_to=led_to.subject,
        )


def reply(
    it: Consultation, asked: Consulted, said: tuple[Position, str, str, str], at: datetime
) -> None:
    position, number, quotation, text = said
    section = it.version.sections.get(number=number)
    row = Reply.objects.create(
        key=new_key(),
        consultation=it,
        consulted=asked,
        organisation=asked.organisation,
        position=position,
        text="Vi är glada att bli tillfrågade (påhittat).",
        answered_by="Alex Lind (påhittad)",
        submitted_at=at,
    )
    Comment.objects.create(
        key=f"demo-synpunkt-{number}",
        reply=row,
        section=section.subject,
        section_number=section.number,
        section_heading=section.heading,
        read=read_of(section.text),
        quotation=quotation,
        text=text,
    )
