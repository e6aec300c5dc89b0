from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tillit.register"
    label = "register"
