"""What is not sent though it was written: to addresses that bounce, or that have said no to it."""

from collections.abc import Sequence

from tillit.post.models import Message, OptOut, Suppression


def comparable(email: str) -> str:
    """The address as we keep it: people write capitals as they please, and mail servers don't mind."""
    return email.strip().casefold()


def held(messages: Sequence[Message]) -> set[str]:
    """The keys of those that may not be sent, for two questions however many they are."""
    emails = {message.to_email for message in messages}
    bounces = set(
        Suppression.objects.filter(email__in=emails, lifted_at=None).values_list("email", flat=True)
    )
    topics = {message.topic for message in messages} - {""}
    opted_out = set(
        OptOut.objects.filter(email__in=emails, topic__in=topics).values_list("email", "topic")
    )
    return {
        message.key
        for message in messages
        if message.to_email in bounces or (message.to_email, message.topic) in opted_out
    }
