"""History cannot be rewritten: both databases refuse to change, delete or empty it."""

from django.db import migrations

TABLES = ("records_change", "records_voidedimport")

POSTGRES = """
CREATE FUNCTION records_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES, params=None)
    for table in TABLES:
        for statement in made(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for table in reversed(TABLES):
        for statement in dropped(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION records_is_append_only()")


def made(table, vendor):
    if vendor == "postgresql":
        return (
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION records_is_append_only()",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_is_append_only()",
        )
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("update", "delete")
    )


def dropped(table, vendor):
    if vendor == "postgresql":
        return (f"DROP TRIGGER {table}_whole ON {table}", f"DROP TRIGGER {table}_rows ON {table}")
    return tuple(f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("records", "0001_the_shared_nouns")]
    operations = [migrations.RunPython(guard, unguard)]
