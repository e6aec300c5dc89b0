from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "tillit.duplicates"
    label = "duplicates"
