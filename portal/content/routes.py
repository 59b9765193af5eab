"""Staff's pages about frequent questions, and a try at what the assistant would find."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from portal.content import faq, search, syncing
from portal.content.faq import FaqDraft
from portal.content.models import FaqEntry
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import fragment, page
from portal.kit.text import language_name
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

Asked = Request[Any, Any, Any]
Form = Annotated[FaqDraft, Body(media_type=RequestEncodingType.URL_ENCODED)]
Tried = Annotated[str, QueryParameter(max_length=500)]
EDIT = needs(Permission.CONTENT_EDIT)


@get("/", opt=EDIT)
async def show_all(
    request: Asked, db: DoorDb, locale: FromQuery[str] = "de", done: FromQuery[str] = ""
) -> Response[str]:
    language = locale if locale in faq.LOCALES else "de"
    return page(
        request,
        "content/faq.html",
        entries=await faq.of_locale(db, language),
        language=language,
        languages=_named({*await faq.languages_of(db), language}),
        home=home(db),
        sync=await syncing.last_of(db),
        has_source=syncing.source_of(parts_of(request).settings) is not None,
        done=done,
    )


@get("/try", opt=EDIT)
async def try_out(
    request: Asked, db: DoorDb, q: Tried = "", locale: FromQuery[str] = "de"
) -> Response[str]:
    found = await search.find_answers(db, q, locale) if q.strip() else []
    return fragment(
        request, "content/_tried.html", found=found, q=q, sure=search.SURE, home=home(db)
    )


@get("/new", opt=EDIT)
async def show_new(
    request: Asked,
    db: DoorDb,
    locale: FromQuery[str] = "de",
    question: Tried = "",
    open_question: FromQuery[str] = "",
) -> Response[str]:
    draft = FaqDraft(locale=locale, question=question, open_question=open_question)
    return _form(request, db, draft)


@post("/", opt=EDIT)
async def write(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    try:
        await faq.write(db, data)
    except Invalid as problem:
        return _form(request, db, data, problem=problem)
    return _saved(db, data.locale)


@get("/{faq_id:uuid}", opt=EDIT)
async def show_one(request: Asked, db: DoorDb, faq_id: FromPath[UUID]) -> Response[str]:
    entry = await faq.get(db, faq_id)
    return _form(request, db, faq.draft_of(entry), entry)


@post("/{faq_id:uuid}", opt=EDIT)
async def change(request: Asked, db: DoorDb, faq_id: FromPath[UUID], data: Form) -> Response[Any]:
    entry = await faq.get(db, faq_id)
    data.locale = entry.locale
    try:
        faq.change(db, entry, data)
    except Invalid as problem:
        return _form(request, db, data, entry, problem)
    return _saved(db, entry.locale)


@post("/{faq_id:uuid}/hiding", opt=EDIT, status_code=303)
async def hide(db: DoorDb, faq_id: FromPath[UUID]) -> Redirect:
    entry = await faq.get(db, faq_id)
    faq.hide(db, entry)
    return _back(db, entry.locale)


@post("/{faq_id:uuid}/showing", opt=EDIT, status_code=303)
async def show_again(db: DoorDb, faq_id: FromPath[UUID]) -> Redirect:
    entry = await faq.get(db, faq_id)
    faq.show(db, entry)
    return _back(db, entry.locale)


@post("/{faq_id:uuid}/removal", opt=EDIT, status_code=303)
async def remove(db: DoorDb, faq_id: FromPath[UUID]) -> Redirect:
    entry = await faq.get(db, faq_id)
    locale = entry.locale
    await faq.remove(db, entry)
    return _back(db, locale)


@post("/{faq_id:uuid}/promotion", opt=EDIT, status_code=303)
async def move_up(db: DoorDb, faq_id: FromPath[UUID]) -> Redirect:
    entry = await faq.get(db, faq_id)
    await faq.move(db, entry, up=True)
    return _back(db, entry.locale)


@post("/{faq_id:uuid}/demotion", opt=EDIT, status_code=303)
async def move_down(db: DoorDb, faq_id: FromPath[UUID]) -> Redirect:
    entry = await faq.get(db, faq_id)
    await faq.move(db, entry, up=False)
    return _back(db, entry.locale)


@post("/synchronisation", opt=EDIT, status_code=303)
async def synchronise(db: DoorDb) -> Redirect:
    syncing.ask(db)
    return Redirect(f"{home(db)}?done=sync", status_code=303)


def home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/faq"


def _form(
    request: Asked,
    db: Db,
    draft: FaqDraft,
    entry: FaqEntry | None = None,
    problem: Invalid | None = None,
) -> Response[str]:
    return page(
        request,
        "content/faq_entry.html",
        status=problem.status if problem else 200,
        draft=draft,
        languages=_named(faq.LOCALES),
        entry=entry,
        problem=problem,
        errors={error.field: error.message for error in problem.errors} if problem else {},
        home=home(db),
    )


def _named(codes: Collection[str]) -> list[tuple[str, str]]:
    """With the names of the languages, in our order."""
    return [(code, language_name(code)) for code in faq.LOCALES if code in codes]


def _saved(db: Db, locale: str) -> Redirect:
    return Redirect(f"{home(db)}?locale={locale}&done=saved", status_code=303)


def _back(db: Db, locale: str) -> Redirect:
    return Redirect(f"{home(db)}?locale={locale}", status_code=303)


ROUTERS = [
    Router(
        "/w/{slug:str}/faq",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            show_all,
            try_out,
            show_new,
            write,
            show_one,
            change,
            hide,
            show_again,
            remove,
            move_up,
            move_down,
            synchronise,
        ],
    )
]
