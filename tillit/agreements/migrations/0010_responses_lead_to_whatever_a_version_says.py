from django.db import migrations, models


def name_sections(apps, schema_editor):
    """What a response led to was a section, and now is named by its subject."""
    Response = apps.get_model("agreements", "Response")
    for it in Response.objects.exclude(led_to=None).select_related("led_to"):
        it.led_to_subject = f"section:{it.led_to.key}"
        it.save(update_fields=["led_to_subject"])
    Activity = apps.get_model("kit", "Activity")
    for it in Activity.objects.filter(subject__startswith="response:"):
        if any(it.changes.get("led_to") or ()):
            it.changes["led_to"] = [key and f"section:{key}" for key in it.changes["led_to"]]
            it.save(update_fields=["changes"])


def find_sections(apps, schema_editor):
    """What they led to that is no section is led to no more."""
    Response = apps.get_model("agreements", "Response")
    Section = apps.get_model("agreements", "Section")
    for it in Response.objects.filter(led_to_subject__startswith="section:"):
        it.led_to = Section.objects.filter(key=it.led_to_subject.partition(":")[2]).first()
        it.save(update_fields=["led_to"])


class Migration(migrations.Migration):

    dependencies = [
        ("agreements", "0009_versions_say_what_they_are_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="response",
            name="led_to_subject",
            field=models.CharField(blank=True, max_length=240, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(name_sections, find_sections),
        migrations.RemoveField(model_name="response", name="led_to"),
        migrations.RenameField("response", "led_to_subject", "led_to"),
    ]
