from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "tillit.post"
    label = "post"
