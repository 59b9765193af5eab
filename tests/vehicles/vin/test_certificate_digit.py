"""Field 3 of the German registration certificate proves the VIN in field E."""

import pytest

from portal.vehicles.vin import decode
from portal.vehicles.vin.check_digit import compute_for_certificate


def test_the_published_example():
    """The worked example that the KBA's method is explained with."""
    assert compute_for_certificate("A1BS31Z0430336179") == "4"


def test_every_single_mistyped_character_of_another_value_is_found():
    vin = "WVWZZZ1KZ6W612305"
    digit = compute_for_certificate(vin)
    for at, typed in enumerate(vin):
        for other in "0123456789":
            value = "0123456789".find(typed)
            if value >= 0 and other != typed:
                assert compute_for_certificate(vin[:at] + other + vin[at + 1 :]) != digit


def test_the_report_carries_it_whatever_stands_at_position_9():
    report = decode("WVWZZZ1KZ6W612305")
    assert report.certificate_check_digit == compute_for_certificate("WVWZZZ1KZ6W612305")
    assert decode("KURZ").certificate_check_digit is None


@pytest.mark.parametrize("blank", ["", " ", "-", "–", "12", "A"])
def test_a_blank_or_unreadable_field_says_nothing(blank):
    assert not decode("A1BS31Z0430336179").contradicts_certificate(blank)


def test_another_digit_contradicts():
    report = decode("A1BS31Z0430336179")
    assert not report.contradicts_certificate("4")
    assert report.contradicts_certificate("5")
    assert report.contradicts_certificate("x")
