from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "tillit.privacy"
    label = "privacy"
