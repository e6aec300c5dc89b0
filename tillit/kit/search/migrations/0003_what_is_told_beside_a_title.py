from django.db import migrations, models

from tillit.kit.search.backends import BACKENDS


def make_again(apps, schema_editor):
    """SQLite makes the whole table anew for a column, and the triggers go with the old one."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        BACKENDS[connection.vendor].make(connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_tables_of_the_databases")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_again),
        migrations.AddField(
            model_name="entry",
            name="beside",
            field=models.CharField(default="", editable=False, max_length=200),
        ),
        migrations.RunPython(make_again, migrations.RunPython.noop),
    ]
