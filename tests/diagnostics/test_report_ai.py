"""The AI's draft of an owner's report: told findings only, believed in nothing, released by nobody."""

import json
import re

import pytest
from sqlalchemy import select

from portal.ai.models import AiAllowance, AiCall
from portal.ai.providers import Scripted
from portal.diagnostics import report_claims
from portal.diagnostics.report_models import LONGEST_DRAFTING, OwnerReport
from portal.diagnostics.report_texts import promises
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.diagnostics.test_reports import desk  # noqa: F401  # the fixture
from tests.diagnostics.test_scans import VIN
from tests.makers.assistant import staffed

HONEST = "Die Elektronik Ihres Autos meldet: Das Gemisch an Bank 1 ist zu mager (Code P0171)."
ADVICE = "Wir empfehlen, die Versorgung des Motors mit Luft und Kraftstoff prüfen zu lassen."


def answered(*found, headline="Ihr Auto meldet einen Fehler", ids=("F1",), advice=ADVICE):
    """What a model says; `found` are sentences, all on the same ids."""
    return Scripted(
        json.dumps(
            {
                "headline": {"text": headline, "ids": ["F1"]},
                "found": [{"text": text, "ids": list(ids)} for text in found],
                "advice": [{"text": advice, "ids": ["A1"]}],
            }
        )
    )


async def drafted(desk, model):  # noqa: F811
    with staffed(desk.parts, model):
        answer = await desk.post("/ai")
        await work_off(desk.parts)
    assert answer.status_code == 303, answer.text
    return await desk.report()


async def audited(desk):  # noqa: F811
    async with inside(desk.parts, desk.shop.id) as db:
        return list(await db.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


async def test_an_honest_draft_stands_with_its_sources_and_is_not_released(desk):  # noqa: F811
    report = await drafted(desk, answered(HONEST))
    assert (report.origin, report.state) == ("ai", "draft")
    assert report.text.found[0].text == HONEST
    assert report.text.found[0].source == "code:P0171"
    assert report.text.advice[0].text == ADVICE
    assert report.text.headline == "Ihr Auto meldet einen Fehler"
    assert report.text.step == "workshop_soon"
    assert report.ai_remark == ""
    assert not report.is_being_drafted
    assert await desk.editions() == []
    assert {"report.ai_asked", "report.ai_drafted"} <= set(await audited(desk))
    page = (await desk.browser.get(desk.home)).text
    assert "Von der KI aus den Befunden entworfen" in page


async def test_the_model_is_told_no_name_no_plate_and_no_vin(desk):  # noqa: F811
    model = answered(HONEST)
    await drafted(desk, model)
    told = " ".join(message.content for message in model.calls[0])
    assert "P0171" in told
    for secret in (VIN, "Sommer", "Erika", "erika@example.de", "Golf", "VW"):
        assert secret not in told
    assert not re.search(r"\b[A-HJ-NPR-Z0-9]{17}\b", told)
    async with inside(desk.parts, desk.shop.id) as db:
        call = (await db.scalars(select(AiCall))).one()
    assert (call.purpose, call.about_id) == ("report", (await desk.report()).id)


@pytest.mark.parametrize(
    "lie",
    [
        "Ihr Auto meldet auch: Verbrennungsaussetzer erkannt (Code P0300).",
        "Die Reparatur des Gemischs kostet 249 €.",
        "Das Gemisch ist zu mager, das kostet nur ein paar Euro.",
        "Sie können mit Ihrem Auto weiterfahren.",
        "Das Gemisch ist zu mager. Sie können so noch fahren.",
        "Das Gemisch an Bank 2 ist zu mager (Code P0171).",
        "Die Lambdasonde ist defekt und muss ersetzt werden.",
        "die lambdasonde ist defekt.",
        "Das Gemisch ist nicht zu mager.",
        "Der Passat von Herrn Krause meldet den Code P0171.",
        "Das Auto mit dem Kennzeichen B-XY 123 meldet einen Fehler.",
        "Das Gemisch ist seit 12 Monaten zu mager.",
        "Du hast ein Problem mit dem Gemisch.",
        "Your car reports a lean mixture (P0171).",
        "Das Gemisch ist zu mager, siehe https://example.org/rabatt.",
        "Das Gemisch ist zu mager. " * 40,
        "",
    ],
)
async def test_a_lie_is_left_out_and_the_page_says_so(desk, lie):  # noqa: F811
    report = await drafted(desk, answered(HONEST, lie))
    assert [one.text for one in report.text.found] == [HONEST]
    assert report.ai_remark == "1 Satz der KI wurde weggelassen: Kein Befund stützt ihn."
    assert report.ai_remark in (await desk.browser.get(desk.home)).text


@pytest.mark.parametrize(
    "model",
    [
        answered("Sie können unbesorgt weiterfahren."),
        answered(HONEST, ids=("F9",)),
        answered(HONEST, ids=()),
        Scripted("Gern! Ihr Auto hat ein Problem mit dem Gemisch."),
        Scripted('{"headline": "x", "found": "y"}'),
        Scripted("[" * 5000),
        answered(*[HONEST] * 400),
    ],
    ids=["driving", "unknown id", "no id", "no JSON", "other JSON", "nested", "huge"],
)
async def test_an_answer_that_nothing_supports_leaves_the_rules_draft(desk, model):  # noqa: F811
    report = await drafted(desk, model)
    assert report.origin == "rules"
    assert report.text.found[0].text.startswith("Ihr Auto meldet: Gemisch Bank 1: zu mager")
    assert "verworfen" in (await desk.browser.get(desk.home)).text
    assert "report.ai_refused" in await audited(desk)


async def test_a_headline_that_lies_gives_way_to_the_rules(desk):  # noqa: F811
    report = await drafted(desk, answered(HONEST, headline="Alles in Ordnung, gute Fahrt!"))
    assert report.text.headline == "Die Elektronik Ihres Autos meldet einen Fehler"


async def test_without_budget_the_text_stays_and_the_page_says_why(desk):  # noqa: F811
    async with inside(desk.parts, desk.shop.id) as db:
        db.add(AiAllowance(daily_micros=0))
    report = await drafted(desk, answered(HONEST))
    assert report.origin == "rules"
    assert report.ai_remark == "Das KI-Budget der Werkstatt ist vorerst aufgebraucht."


async def test_a_provider_that_fails_leaves_the_text(desk):  # noqa: F811
    report = await drafted(desk, Scripted(fails=True))
    assert report.origin == "rules"
    assert "KI antwortet" in report.ai_remark


async def test_without_a_provider_nothing_is_offered(desk):  # noqa: F811
    with staffed(desk.parts):
        assert "Entwurf mit KI" not in (await desk.browser.get(desk.home)).text
        assert (await desk.post("/ai")).status_code == 503
    with staffed(desk.parts, answered(HONEST)):
        assert "Entwurf mit KI" in (await desk.browser.get(desk.home)).text


async def test_what_somebody_wrote_meanwhile_is_not_overwritten(desk):  # noqa: F811
    with staffed(desk.parts, answered(HONEST)):
        await desk.post("/ai")
        await desk.save(headline="Von Hand")
        await work_off(desk.parts)
    report = await desk.report()
    assert (report.origin, report.text.headline) == ("person", "Von Hand")
    assert "Inzwischen hat jemand den Bericht geändert" in report.ai_remark


async def test_the_page_looks_again_while_the_ai_writes_but_not_for_ever(desk):  # noqa: F811
    with staffed(desk.parts, answered(HONEST)):
        await desk.post("/ai")
        page = (await desk.browser.get(desk.home)).text
        assert "Die KI schreibt einen Entwurf" in page
        assert 'hx-trigger="load delay:1500ms"' in page
        async with inside(desk.parts, desk.shop.id) as db:
            report = (await db.scalars(select(OwnerReport))).one()
            report.ai_asked_at = clock.now() - LONGEST_DRAFTING
        assert "Die KI schreibt" not in (await desk.browser.get(desk.home)).text


async def test_bookkeepers_ask_no_model(desk, signed_in):  # noqa: F811
    bookkeeper = await signed_in(desk.shop, Role.BOOKKEEPER)
    assert (await bookkeeper.post(f"{desk.home}/ai")).status_code == 403


def test_a_denial_stays_with_its_word():
    facts = "Das Gemisch stimmt nicht: zu mager."
    assert report_claims.stands("Das Gemisch stimmt nicht.", facts)
    assert not report_claims.stands("Das Gemisch stimmt.", facts)
    assert not report_claims.stands("Das Gemisch ist nicht mager.", facts)


def test_figures_keep_their_unit_and_their_word():
    facts = "Bank 1 wird um 12 % angefettet, gemessen bei 90 °C."
    assert report_claims.stands("Bank 1 wird um 12 % angefettet.", facts)
    assert not report_claims.stands("Bank 1 wird um 90 % angefettet.", facts)
    assert not report_claims.stands("Bank 12 wird angefettet.", facts)


@pytest.mark.parametrize(
    ("sentence", "allows"),
    [
        ("Nicht schlimm, Sie können weiterfahren.", True),
        ("Sie können weiterfahren, es ist nicht dringend.", True),
        ("Sie können das Auto, das nicht bremst, weiter benutzen.", True),
        ("Es spricht nichts gegen die Weiterfahrt.", True),
        ("Keine Sorge: Sie dürfen fahren.", True),
        ("Sie können erst einmal weiterfahren.", True),
        ("Sie können nicht nur kurz fahren.", True),
        ("Weiterfahren können Sie.", True),
        ("Fahren Sie ruhig weiter, kein Problem.", True),
        ("Sie dürfen nicht fahren.", False),
        ("Sie können auf keinen Fall weiterfahren.", False),
        ("Das Fahrzeug ist nicht verkehrssicher.", False),
        ("Bitte fahren Sie so nicht weiter.", False),
        ("Die Weiterfahrt ist nicht möglich.", False),
        ("Sie dürfen erst nach der Reparatur weiterfahren.", False),
    ],
)
def test_a_denial_elsewhere_in_the_sentence_makes_no_promise_harmless(sentence, allows):
    assert promises(sentence) is allows
