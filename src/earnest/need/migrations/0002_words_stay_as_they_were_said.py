"""What was said cannot be rewritten: both databases refuse it. Only the mark of a correction, and a link to an activity
that is gone, may be written again.
"""

from django.db import migrations

FIXED = {
    "need_evidence": (
        "deal_id, number, element, level, words, contact_id, said_on, channel, source_id, about_on, event, "
        "corrects_id, by_buyer, recorded_at, recorded_by_id, previous_hash, hash"
    ),
    "need_source": "deal_id, kind, title, text, added_at, added_by_id",
    "need_standpoint": (
        "deal_id, contact_id, influence, style, version, by_when_on, concern, said_on, recorded_at, recorded_by_id"
    ),
}


def guard(apps, schema_editor):
    for table, columns in FIXED.items():
        for statement in made(table, columns, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for table in FIXED:
        for statement in dropped(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


def made(table, columns, vendor):
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {table}_words BEFORE UPDATE OF {columns} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION records_is_append_only()",
            f"CREATE TRIGGER {table}_rows BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION records_is_append_only()",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_is_append_only()",
        )
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {columns} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    )


def dropped(table, vendor):
    if vendor == "postgresql":
        return tuple(f"DROP TRIGGER {table}_{name} ON {table}" for name in ("whole", "rows", "words"))
    return tuple(f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("need", "0001_what_buyers_said"), ("records", "0002_history_is_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
