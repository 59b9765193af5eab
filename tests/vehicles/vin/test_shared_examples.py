"""The worked examples of the domain notes, where they lie beside the repository."""

from pathlib import Path

import msgspec
import pytest

from portal.vehicles.vin import decode
from portal.vehicles.vin.cli_view import as_json

EXAMPLES = Path(__file__).parents[3] / "../shared/domain/vin_examples.json"
# A model is not part of a VIN report.
NOT_REPORTED = {"model_hint"}

pytestmark = pytest.mark.skipif(not EXAMPLES.exists(), reason="the shared examples are not here")


def examples() -> list[dict]:
    return msgspec.json.decode(EXAMPLES.read_bytes()) if EXAMPLES.exists() else []


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])
def test_an_example_is_judged_as_written(example):
    report = msgspec.json.decode(as_json(decode(example["input"], this_year=2026)))
    expected = {
        **example["expect"],
        "accept": example["accept"],
        "normalized": example["normalized"],
    }
    if str(expected.get("reason")).startswith("illegal_"):
        # The contract has one reason for all illegal characters.
        expected["reason"] = "illegal_character"
    checked = expected.keys() - NOT_REPORTED - set(example["unsure"])
    assert {key: report.get(key) for key in checked} == {key: expected[key] for key in checked}
