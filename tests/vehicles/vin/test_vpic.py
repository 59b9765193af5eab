"""vPIC is asked about American numbers only, and only where its package is installed."""

import msgspec
import pytest

from portal.vehicles.vin import decode, vpic
from portal.vehicles.vin.cli_view import as_json, as_text, vpic_line
from portal.vehicles.vin.vpic import VpicFacts

pytest.importorskip("ultravin")


def test_an_american_bmw_is_named():
    facts = vpic.find(decode("WBA3A5C57CF256651"))
    assert facts is not None
    assert (facts.make, facts.model, facts.model_year) == ("BMW", "328i", 2012)
    assert vpic_line(facts) == "BMW 328i, 2012, 2.0 l, Gasoline, Sedan/Saloon"


@pytest.mark.parametrize(
    "vin",
    [
        "WDB2030461A123456",  # read as 2001 by vPIC, which is the steering
        "VF1RFB00X56123456",
        "WVWZZZ1KZ6W000001",
        "LRW3E7FA2MC000123",  # China: an obligatory check digit, but another register
        "1HGCM82633A004353",  # its check digit is wrong
        "KURZ",
    ],
)
def test_a_european_chinese_or_doubtful_number_is_not_asked(vin):
    assert vpic.find(decode(vin)) is None


def test_what_vpic_itself_doubts_is_left_out(monkeypatch):
    class Doubting:
        @staticmethod
        def decode(_vin):
            return {"error_codes": [7], "attributes": {}, "model_year": None}

    monkeypatch.setattr(vpic, "_package", lambda: Doubting)
    assert vpic.find(decode("1HGCM82633A004352")) is None


def test_without_the_package_there_are_no_facts(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(vpic, "import_module", absent)
    vpic._package.cache_clear()
    try:
        assert not vpic.is_installed()
        assert vpic.find(decode("1HGCM82633A004352")) is None
    finally:
        vpic._package.cache_clear()


def test_the_facts_stand_beside_the_report():
    report = decode("1C4RJFAG0FC000123")
    facts = vpic.find(report)
    told = msgspec.json.decode(as_json(report, facts))
    assert (told["brand"], told["vpic"]["model"]) == ("Jeep", "Grand Cherokee")
    assert as_text(report, "en", facts).splitlines()[-1].startswith("  vPIC: JEEP Grand Cherokee")


def test_a_fact_that_is_missing_leaves_no_hole():
    bare = VpicFacts("Ford", None, None, None, None, None, None, None, None)
    assert vpic_line(bare) == "Ford"
