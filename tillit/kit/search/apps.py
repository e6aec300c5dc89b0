from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tillit.kit.search"
    label = "search"
