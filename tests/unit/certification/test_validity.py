from datetime import date

import pytest

from storefront.certification import validity
from storefront.certification.models import Certificate, Recorded
from storefront.certification.validity import CertificateState

DAY = date(2026, 11, 23)


def certificate(until=date(2027, 10, 15), recorded=Recorded.GRANTED, stars=4):
    return Certificate(valid_until=until, recorded=recorded, stars=stars)


def test_a_certificate_holds_36_months_from_its_decision():
    assert validity.period(date(2024, 10, 15), 2024) == (date(2024, 10, 15), date(2027, 10, 15))
    assert validity.period(date(2024, 2, 29), 2024) == (date(2024, 2, 29), date(2027, 2, 28))


def test_where_only_the_year_is_known_it_counts_from_31_december():
    assert validity.period(None, 2023) == (date(2023, 12, 31), date(2026, 12, 31))
    assert validity.period(None, None) is None


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2026, 11, 22), CertificateState.EXPIRED),
        (date(2026, 11, 23), CertificateState.EXPIRING),
        (date(2027, 5, 22), CertificateState.EXPIRING),
        (date(2027, 5, 23), CertificateState.VALID),
    ],
)
def test_the_state_turns_on_the_day(until, state):
    assert validity.state_on(certificate(until), DAY) is state


def test_what_the_register_says_goes_before_dates():
    assert validity.state_on(certificate(recorded=Recorded.REVOKED), DAY) is CertificateState.REVOKED
    assert validity.state_on(certificate(recorded=Recorded.WITHDRAWN), DAY) is CertificateState.WITHDRAWN
    assert validity.state_on(certificate(recorded=Recorded.UNCLEAR), DAY) is CertificateState.UNCLEAR
    assert validity.state_on(certificate(stars=None), DAY) is CertificateState.UNCLEAR
    assert validity.state_on(certificate(until=None), DAY) is CertificateState.UNCLEAR
