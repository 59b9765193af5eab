import json

import pytest
from click.testing import CliRunner

from portal import cli
from portal.demo import recordings
from portal.diagnostics.obd.recording import Recording
from portal.kit import text
from tests.diagnostics.test_scans import STARTED, VIN


@pytest.fixture
def carbot(monkeypatch):
    def run(*arguments, given=None, language="de_DE.UTF-8"):
        monkeypatch.setenv("LANG", language)
        return CliRunner().invoke(cli.main, arguments, input=given)

    return run


@pytest.fixture
def scan_file(tmp_path):
    made = recordings.adapter_scan(vin=VIN, started_at=STARTED, seed=1, stored=["P0171"])
    path = tmp_path / made.name
    path.write_bytes(made.data)
    return path


def test_vins_are_decoded_one_a_line_as_json(carbot):
    answer = carbot("vin", "decode", "--json", given=f"{VIN}\nKURZ\n\n")
    lines = [json.loads(line) for line in answer.output.splitlines()]
    assert answer.exit_code == 0
    assert [line["accept"] for line in lines] == [True, False, False]
    assert lines[0]["brand"] == "Volkswagen"
    assert [line.get("reason") for line in lines[1:]] == ["length_4", "empty"]


def test_a_long_list_of_vins_shows_progress_on_standard_error(carbot):
    answer = carbot("vin", "decode", "--json", given=f"{VIN}\n" * 1_200)
    assert len(answer.stdout.splitlines()) == 1_200
    assert answer.stderr.splitlines()[-1] == "1.200 FIN beurteilt: 0 abgelehnt, 0 zu prüfen"


def test_a_line_that_is_no_text_spoils_itself_only(carbot):
    answer = carbot("vin", "decode", "--json", given=b"\xff\xfe\n" + VIN.encode() + b"\n")
    assert [json.loads(line)["accept"] for line in answer.stdout.splitlines()] == [False, True]


def test_vpic_speaks_about_american_numbers_when_it_is_asked(carbot, monkeypatch):
    american = "1C4RJFAG0FC000123"
    assert "Grand Cherokee" in carbot("vin", "decode", "--vpic", american).output
    assert "vpic" not in json.loads(carbot("vin", "decode", "--json", american).output)
    monkeypatch.setattr("portal.vehicles.vin.vpic._package", lambda: None)
    refused = carbot("vin", "decode", "--vpic", american)
    assert (refused.exit_code, "carbot[vpic]" in refused.output) == (1, True)


def test_a_vin_is_explained_in_the_language_of_the_locale(carbot):
    german = carbot("vin", "decode", VIN).output
    english = carbot("vin", "decode", VIN, language="en_US.UTF-8").output
    assert text.locale.get() == text.DEFAULT
    assert VIN in german
    assert german != english


def test_a_recording_is_decoded_as_the_contract_says(carbot, scan_file):
    answer = carbot("obd", "decode", str(scan_file), "--json")
    report = json.loads(answer.output)
    assert answer.exit_code == 0
    assert set(Recording.__struct_fields__) <= set(report)
    assert report["vin"] == VIN
    assert [code["code"] for code in report["trouble_codes"]] == ["P0171"]
    assert len(report["findings"]) == 35
    assert {"rule", "state", "confidence", "text", "evidence", "next_step"} == set(
        report["findings"][0]
    )


def test_a_recording_is_told_to_people_in_german(carbot, scan_file):
    answer = carbot("obd", "decode", str(scan_file))
    assert "P0171" in answer.output
    assert "Gemisch" in answer.output
    assert "Befunde" in answer.output


def test_what_is_no_recording_ends_with_two_and_one_line(carbot, tmp_path):
    photo = tmp_path / "drive.csv"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(1000))
    answer = carbot("obd", "decode", str(photo), "--json")
    assert answer.exit_code == 2
    assert len(answer.output.strip().splitlines()) == 1
    assert "JPEG" in answer.output


def test_stored_recordings_are_read_again_by_a_command(carbot, settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("REDIS_URL", settings.redis_url.get_secret_value())
    monkeypatch.setenv("PORTAL_SECRET", settings.portal_secret.get_secret_value())
    monkeypatch.setenv("PORTAL_HOME", str(settings.portal_home))
    monkeypatch.setenv("PORTAL_MODE", "test")
    unknown = carbot("obd", "redecode", "--workshop", "gibt-es-nicht")
    assert unknown.exit_code == 1
    assert "Werkstatt" in unknown.output
