"""Standings in one direction, so that a list reads them from either end; and by owner and stage, for the board."""

from django.db import migrations, models


def _index(name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex(model_name="standing", index=models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0001_standings")]

    operations = [
        migrations.RemoveIndex(model_name="standing", name="pipeline_standing_by_value"),
        migrations.RemoveIndex(model_name="standing", name="pipeline_standing_of_stage"),
        migrations.RemoveIndex(model_name="standing", name="pipeline_standing_by_flags"),
        _index("pipeline_standing_by_value", "value_minor", "deal"),
        _index("pipeline_standing_of_stage", "stage_id", "value_minor", "deal"),
        _index("pipeline_standing_of_owner", "owner_id", "stage_id", "value_minor", "deal"),
        _index("pipeline_standing_by_flags", "flag_count", "deal"),
    ]
