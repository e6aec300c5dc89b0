"""Two who use the code at the same moment, in threads of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tillit.accounts.models import User
from tillit.register.models import Mandate
from tillit.site import first_code
from tillit.site.tests.conftest import Guide


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_administrator():
    code = first_code.make(timezone.now())
    together = Barrier(2)

    def become(number: int) -> int:
        try:
            guide = Guide(Client())
            guide.post("", code=code)
            together.wait()
            return guide.post(
                "administrator",
                name=f"Eva {number}",
                email=f"eva{number}@example.org",
                organisation_name=f"Förening {number}",
                sector="civil",
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(become, range(2))) == {302}
    assert User.objects.count() == 1
    assert Mandate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_who_guess_at_once_have_five_tries_together():
    first_code.make(timezone.now())
    together = Barrier(10)

    def guess(_number: int) -> str:
        try:
            together.wait()
            first_code.attempt("AAAA-AAAA-AAAA", timezone.now())
        except first_code.Wrong:
            return "wrong"
        except first_code.Gone:
            return "gone"
        finally:
            connection.close()
        return "right"

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(guess, range(10)))
    assert answers == ["gone"] * 5 + ["wrong"] * 5
