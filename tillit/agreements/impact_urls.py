"""Addresses of what changes in public welfare would mean for voluntary work."""

from django.urls import path

from tillit.agreements.views import impact as views

OF = "overenskommelser/<slug:key>/konsekvenser"
CHECK = f"{OF}/<str:check>"
urlpatterns = [
    path(f"{OF}/", views.checks, name="impact-checks"),
    path(f"{OF}.csv", views.checks, {"as_": "csv"}, name="impact-checks-csv"),
    path(f"{OF}.xlsx", views.checks, {"as_": "xlsx"}, name="impact-checks-xlsx"),
    path(f"{OF}/ny/", views.new_check, name="new-impact-check"),
    path(f"{CHECK}/", views.check, name="impact-check"),
    path(f"{CHECK}/redigera/", views.edit_check, name="edit-impact-check"),
    path(f"{CHECK}/svar/", views.answer, name="impact-answer"),
]
