"""Row-level security and grants: every migration that makes a table calls one of these.

The setting is read in a sub-select, which PostgreSQL evaluates once per statement and can use as
an index condition; the bare call would be evaluated for each row.
"""

from alembic import op

APP_ROLE = "carbot_app"
HERE = "(select nullif(current_setting('app.workshop_id', true), '')::uuid)"
_ALL = "SELECT, INSERT, UPDATE, DELETE"


def protect(*tables: str) -> None:
    """Tables of a workshop: only its own rows can be seen, made, changed or removed."""
    for table in tables:
        _guard(table)
        _policy(table, "own_rows", "ALL", using=f"workshop_id = {HERE}")
        _grant(table, _ALL)


def protect_evidence(*tables: str) -> None:
    """As `protect`, and what was written stays as it was: no update."""
    for table in tables:
        protect(table)
        op.execute(f"REVOKE UPDATE ON {table} FROM {APP_ROLE}")


def protect_directory(table: str, column: str = "workshop_id") -> None:
    """What a door reads before it knows the workshop; written only from inside that workshop."""
    _guard(table)
    _policy(table, "doors_read", "SELECT", using="true")
    _policy(table, "own_insert", "INSERT", check=f"{column} = {HERE}")
    _policy(table, "own_update", "UPDATE", using=f"{column} = {HERE}", check=f"{column} = {HERE}")
    _policy(table, "own_delete", "DELETE", using=f"{column} = {HERE}")
    _grant(table, _ALL)


def protect_queue(table: str) -> None:
    """Jobs: a workshop sees and makes its own; only a session of no workshop hands out all."""
    _guard(table)
    everywhere = f"({HERE} is null or workshop_id = {HERE})"
    mine = f"workshop_id is not distinct from {HERE}"
    _policy(table, "own_insert", "INSERT", check=mine)
    for verb in ("SELECT", "DELETE"):
        _policy(table, f"hand_out_{verb.lower()}", verb, using=everywhere)
    _policy(table, "hand_out_update", "UPDATE", using=everywhere, check=everywhere)
    _grant(table, _ALL)


def platform(*tables: str) -> None:
    """Tables of the platform itself: they belong to no workshop."""
    for table in tables:
        _grant(table, _ALL)


def _guard(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _policy(table: str, name: str, verb: str, *, using: str = "", check: str = "") -> None:
    parts = [f"CREATE POLICY {name} ON {table} FOR {verb}"]
    if using:
        parts.append(f"USING ({using})")
    if check or (using and verb == "ALL"):
        parts.append(f"WITH CHECK ({check or using})")
    op.execute(" ".join(parts))


def _grant(table: str, rights: str) -> None:
    op.execute(f"GRANT {rights} ON {table} TO {APP_ROLE}")
