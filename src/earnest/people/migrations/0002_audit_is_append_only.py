"""The audit cannot be rewritten: both databases refuse to change, delete or empty it; and its chain begins."""

from django.db import migrations

TABLE = "people_auditevent"

POSTGRES = f"""
CREATE FUNCTION {TABLE}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{TABLE} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_is_append_only();
CREATE TRIGGER {TABLE}_whole BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_is_append_only();
"""
POSTGRES_BACK = f"""
DROP TRIGGER {TABLE}_whole ON {TABLE};
DROP TRIGGER {TABLE}_rows ON {TABLE};
DROP FUNCTION {TABLE}_is_append_only();
"""
SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END",
)
SQLITE_BACK = (f"DROP TRIGGER {TABLE}_no_update", f"DROP TRIGGER {TABLE}_no_delete")


def guard(apps, schema_editor):
    for statement in (POSTGRES,) if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)
    apps.get_model("people", "AuditHead").objects.get_or_create(id=1, defaults={"number": 0, "hash": "0" * 64})


def unguard(apps, schema_editor):
    # The head stays, so that the chain goes on when the guard comes back.
    for statement in (POSTGRES_BACK,) if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_users_and_teams")]
    operations = [migrations.RunPython(guard, unguard)]
