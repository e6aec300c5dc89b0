from django.apps import AppConfig
from django.urls import register_converter

from tillit.kit.addresses import KeyConverter


class KitConfig(AppConfig):
    name = "tillit.kit"
    label = "kit"

    def ready(self) -> None:
        register_converter(KeyConverter, "key")
