from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "tillit.kit.background"
    label = "background"
