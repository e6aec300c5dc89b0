import logging

from django.db import migrations

from tillit.kit.search.backends import BACKENDS

log = logging.getLogger(__name__)


def make(apps, schema_editor):
    connection = schema_editor.connection
    for line in BACKENDS[connection.vendor].make(connection):
        log.warning(line)


def unmake(apps, schema_editor):
    connection = schema_editor.connection
    BACKENDS[connection.vendor].unmake(connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
