"""What was just done is told once, and only the session carries it."""

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.template.loader import render_to_string

pytestmark = pytest.mark.django_db


def answer(rf, session, view):
    """The answer of a view within the middleware of messages."""
    request = rf.get("/")
    request.session = session
    return MessageMiddleware(view)(request)


def flash(request):
    return HttpResponse(
        render_to_string("kit/flash.html", {"messages": messages.get_messages(request)})
    )


def saved(request):
    messages.success(request, "Sparat & klart.")
    return HttpResponse()


def test_it_is_told_once_on_the_next_page(rf):
    session = SessionStore()
    assert not answer(rf, session, saved).cookies
    told = answer(rf, session, flash).content.decode()
    assert '<div class="flash" role="status">' in told
    assert '<p class="notice notice--good">Sparat &amp; klart.</p>' in told
    assert answer(rf, session, flash).content.decode().strip() == ""


def test_a_page_without_news_says_nothing_and_needs_no_session(client):
    response = client.get("/")
    assert "flash" not in response.content.decode()
    assert not response.cookies
