"""What PostgreSQL's own catalogue says about the protection of tables."""

from typing import Any

from portal.kit.db import Base
from portal.tables import every_table

PLATFORM = {"accounts", "sign_ins"}
DIRECTORY = {"workshops", "seats", "token_doors", "ai_costs"}
QUEUE = {"outbox"}
SETTING = "current_setting('app.workshop_id'::text, true)"

_TABLES = """
select c.oid, c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       pg_get_userbyid(c.relowner) as owner
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'alembic_version'
"""
_POLICIES = "select tablename, policyname, cmd, qual, with_check from pg_policies"
_KEYS = """
select c.relname as name, k.conname as key, k.contype::text as kind, f.relname as target,
       array(select a.attname::text from unnest(k.conkey) with ordinality u(n, o)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n
             order by u.o) as columns
from pg_constraint k join pg_class c on c.oid = k.conrelid
left join pg_class f on f.oid = k.confrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and k.contype in ('p', 'u', 'x', 'f')
"""
_UNIQUE = """
select t.relname as name, i.relname as key,
       array(select a.attname::text from unnest(x.indkey::int[]) u(n)
             join pg_attribute a on a.attrelid = t.oid and a.attnum = u.n) as columns
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
join pg_namespace n on n.oid = t.relnamespace
where n.nspname = 'public' and x.indisunique
"""
_ROLE = """
select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = 'carbot_app'
"""


async def faults(connection: Any) -> list[str]:
    """Every table that is not protected as it must be; `connection` is a raw asyncpg one."""
    every_table()
    tables = await connection.fetch(_TABLES)
    policies = await connection.fetch(_POLICIES)
    found = [
        f"{name} is mapped and missing, or made and not mapped"
        for name in set(Base.metadata.tables) ^ {table["name"] for table in tables}
    ]
    if await connection.fetchval(_ROLE):
        found.append("the application's role may bypass row-level security")
    for table in tables:
        if table["name"] not in PLATFORM:
            mine = [policy for policy in policies if policy["tablename"] == table["name"]]
            found += _unprotected(table, mine)
    owned = {t["name"] for t in tables} - PLATFORM - DIRECTORY - QUEUE
    return found + await _loose_keys(connection, owned)


def _unprotected(table: Any, policies: list[Any]) -> list[str]:
    name = table["name"]
    found = []
    if not (table["enabled"] and table["forced"]):
        found.append(f"{name}: row-level security is not enabled and forced")
    if table["owner"] == "carbot_app":
        found.append(f"{name} belongs to the application's role")
    if name in DIRECTORY | QUEUE:
        writing = [p for p in policies if p["cmd"] in ("INSERT", "UPDATE")]
        if len(writing) != 2 or any(SETTING not in (p["with_check"] or "") for p in writing):
            found.append(f"{name}: writes are not bound to the workshop")
        return found
    if [p["cmd"] for p in policies] != ["ALL"]:
        return [*found, f"{name}: one policy for everything is expected"]
    clauses = (policies[0]["qual"] or "", policies[0]["with_check"] or "")
    if any(not c.startswith("(workshop_id = ( SELECT") or SETTING not in c for c in clauses):
        found.append(f"{name}: the policy does not compare the workshop")
    return found


async def _loose_keys(connection: Any, owned: set[str]) -> list[str]:
    found = []
    for key in await connection.fetch(_KEYS):
        name, columns = key["name"], key["columns"]
        if name not in owned:
            continue
        if key["kind"] == "p" and columns[:1] != ["workshop_id"]:
            found.append(f"{name}: the primary key does not begin with the workshop")
        if key["kind"] in "ux" and "workshop_id" not in columns:
            found.append(f"{name}.{key['key']}: unique across workshops")
        if key["kind"] == "f" and key["target"] in owned and "workshop_id" not in columns:
            found.append(f"{name}.{key['key']}: may point into another workshop")
    return found + [
        f"{index['name']}.{index['key']}: unique across workshops"
        for index in await connection.fetch(_UNIQUE)
        if index["name"] in owned and "workshop_id" not in index["columns"]
    ]
