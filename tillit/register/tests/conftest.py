"""What tests of the register stand on: mail that is set up, as in every installation that is in use."""

import pytest


@pytest.fixture(autouse=True)
def mail_is_set(settings) -> None:
    settings.TILLIT_MAIL = {"host": "mail.example.org", "port": 587, "security": "starttls"}
    settings.TILLIT_MAIL_FROM = "Kansliet <kansli@example.org>"
