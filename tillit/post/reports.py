"""Delivery reports as mail servers send them (RFC 3464), and as services tell them (JSON)."""

import json
from collections.abc import Iterator
from email.message import Message
from typing import Any, cast

from tillit.post.bounces import Bounce, Kind, kind_of

LONGEST = 300
GENERIC = {"hard": Kind.GONE, "soft": Kind.DELAYED, "complaint": Kind.COMPLAINT}
POSTMARK = {"HardBounce": Kind.GONE, "BadEmailAddress": Kind.GONE, "SpamComplaint": Kind.COMPLAINT}
SES = {"Permanent": Kind.GONE, "Transient": Kind.DELAYED, "Undetermined": Kind.FAILED}
MAILGUN = {("failed", "permanent"): Kind.GONE, ("failed", "temporary"): Kind.DELAYED}


def bounces_in(mail: Message) -> Iterator[Bounce]:
    """What a delivery report tells of each of its receivers; nothing when it is none.

    Its head lines are taken as they stand: it comes from strangers, and may be no mail at all.
    """
    if mail.get_content_type() != "multipart/report":
        return
    parts = list(mail.walk())
    message_id = next((found for part in parts if (found := returned_id(part))), "")
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            for block in cast("list[Message]", part.get_payload()):
                kind = kind_of(word(block, "Action").lower(), word(block, "Status"))
                if kind is not None:
                    yield Bounce(kind, message_id, address(block), reason(block))


def word(block: Message, name: str) -> str:
    return str(block.get(name, "")).split("(")[0].strip()


def address(block: Message) -> str:
    """rfc822; mina@example.org"""
    given = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return given.partition(";")[2].strip().strip("<>")


def reason(block: Message) -> str:
    said = str(block.get("Diagnostic-Code") or block.get("Status") or "")
    return " ".join(said.partition(";")[2].split() or said.split())[:LONGEST]


def returned_id(part: Message) -> str:
    """The Message-ID of our mail, of which the report has the whole or the head."""
    match part.get_content_type():
        case "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            return str(first.get("Message-ID", "")) if isinstance(first, Message) else ""
        case "text/rfc822-headers":
            raw = part.get_payload(decode=True)
            head = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
            found = (it for it in head.splitlines() if it.lower().startswith("message-id:"))
            return next(found, "").partition(":")[2].strip()
        case _:
            return ""


def told(body: bytes) -> list[Bounce]:
    """What a service tells: ours, Postmark's, Mailgun's or Amazon SES's way. Raises ValueError."""
    try:
        given = json.loads(body)
    except RecursionError:
        raise ValueError("too deep") from None
    items = given if isinstance(given, list) else [given]
    if len(items) > 1000 or not all(isinstance(item, dict) for item in items):
        raise ValueError("an object, or a list of them")
    return [bounce for item in items for bounce in one(item)]


def one(item: dict[str, Any]) -> list[Bounce]:
    """An event; none for what is no bounce."""
    if "RecordType" in item:
        return of_postmark(item)
    if isinstance(item.get("event-data"), dict):
        return of_mailgun(item["event-data"])
    if isinstance(item.get("Message"), str) and "Type" in item:
        inner = json.loads(item["Message"]) if item["Type"] == "Notification" else {}
        return of_ses(inner) if isinstance(inner, dict) else []
    if "notificationType" in item:
        return of_ses(item)
    kind = GENERIC.get(text(item, "type"))
    if kind is None:
        raise ValueError("type is hard, soft or complaint")
    return [Bounce(kind, text(item, "message_id"), text(item, "email"), text(item, "reason"))]


def text(item: Any, *path: str) -> str:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item[:LONGEST] if isinstance(item, str) else ""


def of_postmark(item: dict[str, Any]) -> list[Bounce]:
    record = text(item, "RecordType")
    if record not in {"Bounce", "SpamComplaint"}:
        return []
    kind = POSTMARK.get(text(item, "Type") if record == "Bounce" else record, Kind.DELAYED)
    key = text(item, "Metadata", "message")
    return [Bounce(kind, "", text(item, "Email"), text(item, "Description"), key)]


def of_mailgun(event: dict[str, Any]) -> list[Bounce]:
    name = text(event, "event")
    kind = MAILGUN.get((name, text(event, "severity")))
    kind = Kind.COMPLAINT if name == "complained" else kind
    if kind is None:
        return []
    said = text(event, "delivery-status", "message") or text(
        event, "delivery-status", "description"
    )
    message_id = text(event, "message", "headers", "message-id")
    return [Bounce(kind, message_id, text(event, "recipient"), said)]


def of_ses(event: dict[str, Any]) -> list[Bounce]:
    message_id = next(
        (
            text(header, "value")
            for header in listed(event, "mail", "headers")
            if text(header, "name").lower() == "message-id"
        ),
        "",
    )
    complaints = [
        Bounce(Kind.COMPLAINT, message_id, text(it, "emailAddress"))
        for it in listed(event, "complaint", "complainedRecipients")
    ]
    kind = SES.get(text(event, "bounce", "bounceType"), Kind.FAILED)
    return complaints + [
        Bounce(kind, message_id, text(it, "emailAddress"), text(it, "diagnosticCode"))
        for it in listed(event, "bounce", "bouncedRecipients")
    ]


def listed(item: Any, *path: str) -> list[Any]:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item if isinstance(item, list) else []
