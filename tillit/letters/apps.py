from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "tillit.letters"
    label = "letters"
