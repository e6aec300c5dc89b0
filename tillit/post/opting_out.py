"""Saying no to mail of one kind, by the link that each such mail has."""

from django.core import signing
from django.utils.translation import override

from tillit.kit.contributions import Text, contributions
from tillit.post.harmless import Page, Url
from tillit.post.models import Message, OptOut

signer = signing.Signer(salt="post.opt-out")


def opt_out_url(key: str, language: str) -> Url:
    """The address names the mail and not the person: addresses end up in the logs of others."""
    with override(language):
        return Page("post:opt-out", {"token": signer.sign(key)}).url()


def message_of(token: str) -> Message | None:
    try:
        key = signer.unsign(token)
    except signing.BadSignature:
        return None
    return Message.objects.exclude(topic="").filter(key=key).first()


def is_out(message: Message) -> bool:
    return OptOut.objects.filter(email=message.to_email, topic=message.topic).exists()


def opt_out_of(message: Message) -> None:
    OptOut.objects.get_or_create(email=message.to_email, topic=message.topic)


def opt_in(message: Message) -> None:
    OptOut.objects.filter(email=message.to_email, topic=message.topic).delete()


def topic_title(topic: str) -> Text:
    """What people call the topic; the context that writes such mails says it."""
    for given in contributions():
        if topic in given.mail_topics:
            return given.mail_topics[topic]
    return topic
