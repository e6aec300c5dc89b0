from django.db import migrations

from tillit.kit.search.backends import BACKENDS


def make_again(apps, schema_editor):
    """PostgreSQL has a column for the titles."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        BACKENDS[connection.vendor].make(connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_what_is_told_beside_a_title")]

    operations = [migrations.RunPython(make_again, migrations.RunPython.noop)]
