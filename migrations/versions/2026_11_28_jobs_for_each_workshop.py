"""Jobs for each workshop in one statement, and the first of them: words of old conversations.

A session of no workshop hands out, changes and removes all jobs; now it also makes them for
workshops, so that what begins by the clock needs no transaction for each. A workshop still makes
only its own.
"""

from alembic import op

from migrations.protect import HERE

revision = "jobs_for_each_workshop"
down_revision = "report_mails"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _may_make(f"{HERE} is null or workshop_id = {HERE}")
    op.execute("""
        insert into outbox (id, workshop_id, name, attempts)
        select gen_random_uuid(), id, 'chat.index_words', 0 from workshops
    """)


def downgrade() -> None:
    op.execute("delete from outbox where name = 'chat.index_words'")
    _may_make(f"workshop_id is not distinct from {HERE}")


def _may_make(check: str) -> None:
    op.execute("DROP POLICY own_insert ON outbox")
    op.execute(f"CREATE POLICY own_insert ON outbox FOR INSERT WITH CHECK ({check})")
