from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "tillit.kit"
    label = "kit"
