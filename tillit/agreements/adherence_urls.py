"""Addresses of who has joined an agreement."""

from django.urls import path

from tillit.agreements.views import adherence as views

OF = "overenskommelser/<slug:key>/anslutna"
urlpatterns = [
    path(f"{OF}/", views.adherents, name="adherents"),
    path(f"{OF}.csv", views.adherents, {"as_": "csv"}, name="adherents-csv"),
    path(f"{OF}.xlsx", views.adherents, {"as_": "xlsx"}, name="adherents-xlsx"),
    path(f"{OF}/ny/", views.joining, name="joining"),
    path(f"{OF}/<str:adherence>/uttrade/", views.leaving, name="leaving"),
]
