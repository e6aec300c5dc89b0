"""Numbers by which others know an organisation, and their check digits.

A number is kept as it is written. A check that fails warns and says why; it never corrects.
Sources: law 1974:174 and domain.md 2.9 (organisation number), GS1 (GLN), Peppol policy for
identifiers, R040 and R049 of BIS Billing 3 (domain.md 2.10).
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import ean, luhn

from tillit.register.choices import Scheme

DASHES = dict.fromkeys(map(ord, " -–—‐‑−\u00a0\u2009\u202f"))
EAS_GLN, EAS_ORGNR = "0088", "0007"


@dataclass(frozen=True)
class Check:
    """Whether a number can be right, its digits, and if not, why."""

    holds: bool
    digits: str
    reason: str | Promise = ""


def digits_of(written: str) -> str:
    """The number without spaces and dashes of any kind."""
    return written.translate(DASHES)


def check(scheme: str, written: str) -> Check:
    """Check a number of the scheme as written, en dash and all."""
    return {Scheme.ORGNR: check_orgnr, Scheme.GLN: check_gln, Scheme.PEPPOL: check_peppol}[
        Scheme(scheme)
    ](written)


def check_orgnr(written: str) -> Check:
    """Ten digits, or twelve beginning with 16; the third of ten at least 2; check digit by Luhn."""
    digits = digits_of(written)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if not re.fullmatch(r"\d{10}", digits, re.ASCII):
        return Check(
            False, digits, _("An organisation number has 10 digits, or 12 beginning with 16.")
        )
    if digits[2] < "2":
        return Check(
            False, digits, _("The third digit of an organisation number is never below 2.")
        )
    if not luhn.is_valid(digits):
        return Check(
            False,
            digits,
            _("The check digit is wrong: the last digit does not follow from the nine before it."),
        )
    return Check(True, digits)


def check_gln(written: str) -> Check:
    """Thirteen digits with GS1's check digit."""
    digits = digits_of(written)
    if not re.fullmatch(r"\d{13}", digits, re.ASCII):
        return Check(False, digits, _("A GLN has 13 digits."))
    if not ean.is_valid(digits):
        return Check(False, digits, _("The check digit of the GLN is wrong."))
    return Check(True, digits)


def check_peppol(written: str) -> Check:
    """SCHEME:NUMBER, of which 0088 (GLN) and 0007 (organisation number) are checked."""
    scheme, colon, number = written.strip().partition(":")
    if not colon or not re.fullmatch(r"\d{4}", scheme, re.ASCII) or not number:
        return Check(
            False, written, _("A Peppol id is a scheme of four digits, a colon and a number.")
        )
    inner = {EAS_GLN: check_gln, EAS_ORGNR: check_orgnr}.get(scheme)
    if inner is None:
        return Check(True, f"{scheme}:{number}")
    result = inner(number)
    return Check(result.holds, f"{scheme}:{result.digits}", result.reason)
