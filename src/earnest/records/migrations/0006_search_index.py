"""The lines that search reads, and beside them each database's own index of every three letters of their words."""

import django.db.models.deletion
from django.db import DatabaseError, migrations, models, transaction

KINDS = ("deal", "account", "contact", "lead")
# SQLite keeps the index in tables of its own that hold no second copy of the words; triggers keep them up to date.
# One for each kind: looking for an account then walks past no deal.
SQLITE = (
    """
    CREATE VIRTUAL TABLE records_searchtext_{kind} USING fts5(
        words, content='records_searchentry', content_rowid='id', tokenize='trigram', columnsize=0
    )
    """,
    """
    CREATE TRIGGER records_searchtext_{kind}_added AFTER INSERT ON records_searchentry
    WHEN new.{kind}_id IS NOT NULL BEGIN
        INSERT INTO records_searchtext_{kind} (rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER records_searchtext_{kind}_removed AFTER DELETE ON records_searchentry
    WHEN old.{kind}_id IS NOT NULL BEGIN
        INSERT INTO records_searchtext_{kind} (records_searchtext_{kind}, rowid, words)
        VALUES ('delete', old.id, old.words);
    END
    """,
    """
    CREATE TRIGGER records_searchtext_{kind}_changed AFTER UPDATE OF words ON records_searchentry
    WHEN new.{kind}_id IS NOT NULL AND old.words <> new.words BEGIN
        INSERT INTO records_searchtext_{kind} (records_searchtext_{kind}, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO records_searchtext_{kind} (rowid, words) VALUES (new.id, new.words);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER records_searchtext_{kind}_changed",
    "DROP TRIGGER records_searchtext_{kind}_removed",
    "DROP TRIGGER records_searchtext_{kind}_added",
    "DROP TABLE records_searchtext_{kind}",
)
TRIGRAMS = "CREATE INDEX records_search_words ON records_searchentry USING gin (words gin_trgm_ops)"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for kind in KINDS:
            for statement in SQLITE:
                schema_editor.execute(statement.format(kind=kind), params=None)
    elif extension_is_there(schema_editor):
        schema_editor.execute(TRIGRAMS, params=None)


def unindex(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for kind in KINDS:
            for statement in SQLITE_BACK:
                schema_editor.execute(statement.format(kind=kind), params=None)
    else:
        schema_editor.execute("DROP INDEX IF EXISTS records_search_words", params=None)


def extension_is_there(schema_editor):
    """Whether PostgreSQL has its module pg_trgm, or lets us add it. Without it search reads every line: it is slower."""
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", params=None)
    except DatabaseError:
        return False
    return True


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_deals_in_the_order_of_our_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=500)),
                ('words', models.TextField(blank=True)),
                ('same_name', models.CharField(blank=True, max_length=500)),
                ('same_address', models.CharField(blank=True, max_length=320)),
                ('written_at', models.DateTimeField()),
                ('account', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='records.account')),
                ('contact', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='records.contact')),
                ('deal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='records.deal')),
                ('lead', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='records.lead')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('deal__isnull', False)), fields=['key'], name='records_search_deal_key', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('account__isnull', False)), fields=['key'], name='records_search_account_key', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('contact__isnull', False)), fields=['key'], name='records_search_contact_key', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('lead__isnull', False)), fields=['key'], name='records_search_lead_key', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('same_name', ''), _negated=True), fields=['same_name'], name='records_search_same_name'), models.Index(condition=models.Q(('same_address', ''), _negated=True), fields=['same_address'], name='records_search_same_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', True), ('contact__isnull', True), ('deal__isnull', False), ('lead__isnull', True)), models.Q(('account__isnull', False), ('contact__isnull', True), ('deal__isnull', True), ('lead__isnull', True)), models.Q(('account__isnull', True), ('contact__isnull', False), ('deal__isnull', True), ('lead__isnull', True)), models.Q(('account__isnull', True), ('contact__isnull', True), ('deal__isnull', True), ('lead__isnull', False)), _connector='OR'), name='records_search_is_of_one_record')],
            },
        ),
        migrations.RunPython(index, unindex),
    ]
