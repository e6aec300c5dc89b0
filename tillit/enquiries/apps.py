from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "tillit.enquiries"
    label = "enquiries"
