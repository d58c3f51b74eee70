"""Open deals of an owner and of a team in the order of our close date, so that a page of a list reads a page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_notes_files_views_and_undo")]

    operations = [
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("outcome", "open")),
                fields=["owner", "seller_close_on", "id"],
                name="records_deal_owner_close",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("outcome", "open")),
                fields=["team", "seller_close_on", "id"],
                name="records_deal_team_close",
            ),
        ),
    ]
