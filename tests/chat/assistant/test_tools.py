"""Tools of a model: typed results, fenced as data, and nothing said that they did not find."""

import json
from datetime import date

import pytest

from portal.ai.open_ai import OpenAiCompatible, make_http
from portal.ai.providers import ProviderFailed, ToolCall
from portal.bookings.models import Appointment, State
from portal.chat import spoken_bookings
from portal.chat.assistant.by_model import MOST_ROUNDS
from portal.chat.assistant.speech import Verified
from portal.chat.assistant.tools.registry import TOOLS, offered
from portal.kit.settings import AiProvider
from portal.tenants.boundary import inside
from tests.makers.ai_server import Script, serving
from tests.makers.assistant import hear, question, staffed
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.chat import a_guest
from tests.makers.content import furnished
from tests.makers.identity import an_owner, entered

ASKS = "Können Sie mir da weiterhelfen, bitte?"


class Asking:
    """A model that asks for tools, and says what it says when their results have come.

    A round is a text, or calls: (name, arguments). A text may be made from the results so far.
    """

    name, model = "asking", "asking"
    price_in, price_out, price_cached = 0.0, 0.0, None

    def __init__(self, *rounds):
        self.rounds = list(rounds)
        self.told, self.tools = [], []

    async def stream(self, messages, *, tools=(), **_limits):
        self.told.append(messages)
        self.tools.append(tools)
        now = self.rounds[min(len(self.told), len(self.rounds)) - 1]
        if isinstance(now, Exception):
            raise now
        if isinstance(now, str):
            yield now
        elif callable(now):
            yield now(self.results)
        else:
            for place, (name, arguments) in enumerate(now):
                yield ToolCall(f"call-{place}", name, json.dumps(arguments))

    @property
    def results(self):
        """What the tools have answered, without the marks around it."""
        said = [m.content for m in self.told[-1] if m.role == "tool"]
        return [
            json.loads(text.removeprefix("<tool>\n").removesuffix("\n</tool>")) for text in said
        ]


async def asked(parts, shop, model, text=ASKS, **more):
    with staffed(parts, model):
        return await hear(parts, question(shop, text, **more))


def test_there_are_ten_tools_with_schemas_of_their_own():
    names = {
        "services_and_prices", "opening_hours", "faq_search", "find_slots", "book_appointment",
        "vehicle_by_plate_or_vin", "vehicle_history", "order_status", "hand_over",
        "request_callback",
    }  # fmt: skip
    assert set(TOOLS) == {tool.name for tool in offered()} == names
    assert all(tool.parameters["type"] == "object" for tool in offered())


async def test_prices_come_typed_and_may_be_said(parts, brandt):
    model = Asking(
        [("services_and_prices", {"named": "Ölwechsel"})],
        lambda results: f"Das kostet ab {results[0]['services'][0]['price'].replace('.', ',')} €.",
    )
    heard = await asked(parts, brandt, model)
    assert heard.text == "Das kostet ab 89,00 €."
    assert "<tool>" in model.told[-1][-1].content
    assert model.told[-1][-1].answers == "call-0"
    assert model.told[-1][-2].asks[0].name == "services_and_prices"


async def test_hours_of_a_day_and_answers_of_the_workshop(parts, brandt):
    model = Asking(
        [("opening_hours", {"day": "2026-11-26"}), ("faq_search", {"question": "Ersatzwagen"})],
        "Donnerstags bis 18:30 Uhr, ein Ersatzwagen kostet 25,00 € am Tag.",
    )
    heard = await asked(parts, brandt, model)
    hours, faq = model.results
    assert "18:30" in hours["on_day"]
    assert "25,00" in faq["answers"][0]["answer"]
    assert heard.text == "Donnerstags bis 18:30 Uhr, ein Ersatzwagen kostet 25,00 € am Tag."


async def test_free_times_are_shown_as_a_card_and_named_as_they_are(parts, brandt):
    model = Asking(
        [("find_slots", {"services": ["Räderwechsel"], "part": "morning"})],
        lambda results: f"Frei ist {results[0]['slots'][0]['when']}.",
    )
    heard = await asked(parts, brandt, model)
    assert [card.kind for card in heard.cards] == ["slots"]
    assert heard.text.startswith("Frei ist ")
    assert "slot_id" not in model.told[-1][-1].content


@pytest.mark.parametrize("plate", ["B-KF 1234", "B-XX 99"])
async def test_a_plate_opens_nothing_and_is_answered_like_any_other(parts, shop, plate):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    calls = [
        ("vehicle_by_plate_or_vin", {"plate": plate}),
        ("vehicle_history", {}),
        ("order_status", {}),
    ]
    model = Asking(calls, "Bitte bestätigen Sie unten kurz, dass Sie es sind.")
    heard = await asked(parts, shop, model)
    assert [card.kind for card in heard.cards] == ["verification"]
    assert all(result["is_proved"] is False for result in model.results)
    assert len({str(result) for result in model.results}) == 1
    assert "Inspektion" not in str(model.told)


async def test_a_verified_visitor_hears_the_history_without_other_peoples_data(parts, shop):
    owner = await an_owner(parts, shop)
    text = "Kunde bat um Rückruf unter 0171 9876543."
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion", text=text)
    verified = Verified(vehicle_id=owner.vehicle.id, customer_id=owner.customer.id)
    model = Asking([("vehicle_history", {})], "Am 12.03.2026 war die Große Inspektion.")
    heard = await asked(parts, shop, model, verified=verified)
    assert heard.text == "Am 12.03.2026 war die Große Inspektion."
    assert [card.kind for card in heard.cards] == ["vehicle"]
    assert model.results[0]["records"][0]["source"] == "Rechnung 2026-113"
    assert "9876543" not in str(model.told)
    assert "B-KF 1234" not in str(model.told)


@pytest.mark.parametrize(("state", "is_said"), [(State.READY, True), (State.IN_WORK, False)])
async def test_an_order_is_ready_only_when_the_calendar_says_so(parts, shop, state, is_said):
    owner = await an_owner(parts, shop)
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(
            db,
            "2026-11-20 08:00",
            on=[calendar.lift],
            services=[await a_service(db)],
            state=state,
            customer_id=owner.customer.id,
            vehicle_id=owner.vehicle.id,
        )
    verified = Verified(vehicle_id=owner.vehicle.id, customer_id=owner.customer.id)
    model = Asking([("order_status", {})], "Ihr Auto ist fertig.")
    heard = await asked(parts, shop, model, verified=verified)
    assert (heard.text == "Ihr Auto ist fertig.") is is_said


async def booking(client, parts, text, *, slot="slot-1", last=None, **changes):
    """A talk in which a model books the first free time that it finds."""
    shop = await furnished(parts)
    guest = await a_guest(client, shop)
    arguments = {"slot": slot, "name": "Erika Huber", "phone": "0171 2345678"} | changes
    model = Asking(
        [("find_slots", {"services": ["Räderwechsel"]})],
        [("book_appointment", arguments)],
        last or (lambda results: f"Ihre Anfrage {results[1].get('code', 'X')} ist gebucht."),
    )
    told = {"conversation_id": guest.conversation_id, "book": spoken_bookings.book}
    return await asked(parts, shop, model, text, **told), model, shop


async def stored_in(parts, shop):
    from sqlalchemy import select

    async with inside(parts, shop.id) as db:
        return list(await db.scalars(select(Appointment)))


HOURS = " oder ".join(f"{hour} Uhr" for hour in range(7, 18))
MINUTES = ", ".join(f"{hour}:{minute}" for hour in range(7, 18) for minute in ("15", "30", "45"))
CHOSEN = f"Bitte weiter, egal ob {HOURS}, {MINUTES}. Erika Huber, 0171 2345678."


async def test_a_booking_that_the_tool_made_may_be_confirmed_by_its_code(client, parts):
    heard, model, shop = await booking(client, parts, CHOSEN)
    (made,) = await stored_in(parts, shop)
    assert model.results[1]["state"] == made.state == "requested"
    assert heard.text == f"Ihre Anfrage {made.code} ist gebucht."
    assert [card.kind for card in heard.cards] == []


async def test_a_booking_is_told_even_if_the_model_falls_silent_behind_it(client, parts):
    heard, _model, shop = await booking(client, parts, CHOSEN, last=ProviderFailed("gone"))
    (made,) = await stored_in(parts, shop)
    assert made.code in heard.text
    assert "bestätigt werden" in heard.text
    assert heard.done.provider == "built-in"
    assert heard.cards == []


async def test_what_tools_have_found_is_shown_even_if_the_model_falls_silent(parts, brandt):
    model = Asking(
        [("find_slots", {"services": ["Räderwechsel"]}), ("hand_over", {"reason": "asked"})],
        ProviderFailed("gone"),
    )
    heard = await asked(parts, brandt, model)
    assert {"slots", "contact_form"} <= {card.kind for card in heard.cards}
    assert heard.hand_over == "asked"
    assert heard.text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
async def test_a_day_that_no_calendar_knows_costs_no_answer(parts, brandt, day):
    model = Asking(
        [
            ("opening_hours", {"day": day}),
            ("find_slots", {"services": ["Räderwechsel"], "first": day}),
        ],
        "Gerne helfe ich Ihnen.",
    )
    assert (await asked(parts, brandt, model)).text == "Gerne helfe ich Ihnen."


async def test_a_mail_address_is_booked_as_the_visitor_wrote_it(client, parts):
    text = f"{CHOSEN} E.Huber@example.de."
    _heard, model, _shop = await booking(client, parts, text, phone="", email="E.Huber@example.de")
    assert model.results[1]["state"] == "requested"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Was ist denn frei? Erika Huber, 0171 2345678", {}),
        (CHOSEN, {"slot": "slot-99"}),
        (CHOSEN, {"name": "Max Erfunden"}),
        (CHOSEN, {"phone": "0171 0000000"}),
        (CHOSEN, {"email": "fremd@example.org"}),
        (f"{CHOSEN} e.huber@example.de", {"email": "ehuber@example.de"}),
        (f"{CHOSEN} erika.huber@example.de", {"email": "huber@example.de"}),
        (CHOSEN, {"phone": ""}),
    ],
)
async def test_nothing_is_booked_that_the_visitor_did_not_choose_and_say(
    client, parts, text, changes
):
    heard, model, shop = await booking(client, parts, text, **changes)
    assert "refused" in model.results[1]
    assert await stored_in(parts, shop) == []
    assert "gebucht" not in heard.text


async def test_a_person_is_called_by_a_tool(parts, brandt):
    model = Asking([("hand_over", {"reason": "complaint"})], "Ich gebe das gern weiter.")
    heard = await asked(parts, brandt, model)
    assert heard.hand_over == "complaint"
    model = Asking([("request_callback", {})], "Bitte füllen Sie das Formular aus.")
    heard = await asked(parts, brandt, model)
    assert [card.kind for card in heard.cards] == ["contact_form"]


@pytest.mark.parametrize(
    "call",
    [
        ("erase_everything", {}),
        ("opening_hours", {"day": "never"}),
        ("find_slots", {"services": "all"}),
        ("find_slots", {"services": ["Raumschiff"]}),
        ("hand_over", {"reason": "because"}),
        ("faq_search", {}),
    ],
)
async def test_what_is_asked_for_wrongly_is_refused_and_the_answer_goes_on(parts, brandt, call):
    model = Asking([call], "Dann eben ohne.")
    heard = await asked(parts, brandt, model)
    assert heard.text == "Dann eben ohne."
    assert "refused" in model.results[0]
    assert heard.hand_over is None


async def test_a_model_that_only_asks_is_stopped_and_somebody_answers(parts, brandt):
    model = Asking([("opening_hours", {})])
    heard = await asked(parts, brandt, model, "Wann haben Sie geöffnet?")
    assert len(model.told) == MOST_ROUNDS
    assert model.tools[-1] == ()
    assert "15:30" in heard.text
    assert heard.done.provider == "built-in"


async def test_calls_of_tools_travel_as_openai_has_them(parts, brandt):
    chunk = (
        b'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":'
        b'{"name":"opening_hours","arguments":"{\\"da"}}]}}]}\n\n'
        b'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":'
        b'{"arguments":"y\\":\\"2026-11-26\\"}"}}]}}]}\n\n'
        b'data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'
    )
    async with serving() as server, make_http() as http:
        server.scripts = [Script(raw=chunk), Script(tokens=("Bis ", "18:30 Uhr."))]
        wanted = AiProvider(name="own", base_url=server.address, api_key="k", model="m")
        heard = await asked(parts, brandt, OpenAiCompatible(wanted, http, 5.0))
    first, second = server.asked
    assert heard.text == "Bis 18:30 Uhr."
    assert {tool["function"]["name"] for tool in first["tools"]} == set(TOOLS)
    assert second["messages"][-2]["tool_calls"][0] == {
        "id": "c1",
        "type": "function",
        "function": {"name": "opening_hours", "arguments": '{"day":"2026-11-26"}'},
    }
    assert second["messages"][-1]["role"] == "tool"
    assert second["messages"][-1]["tool_call_id"] == "c1"
    assert "18:30" in second["messages"][-1]["content"]
