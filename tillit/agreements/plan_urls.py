"""Addresses of plans, yearly orientations and efforts."""

from django.urls import path

from tillit.agreements.views import planning as views

OF = "overenskommelser/<slug:key>/planer"
YEAR = f"{OF}/ar/<int:year>"
EFFORT = f"{YEAR}/insatser/<str:effort>"
PLAN = f"{OF}/<str:plan>"
urlpatterns = [
    path(f"{OF}/", views.plans, name="plans"),
    path(f"{OF}.csv", views.plans, {"as_": "csv"}, name="plans-csv"),
    path(f"{OF}.xlsx", views.plans, {"as_": "xlsx"}, name="plans-xlsx"),
    path(f"{OF}/ny/", views.new_plan, name="new-plan"),
    path(f"{OF}/ar/ny/", views.new_orientation, name="new-orientation"),
    path(f"{YEAR}/", views.orientation, name="orientation"),
    path(f"{YEAR}/redigera/", views.edit_orientation, name="edit-orientation"),
    path(f"{YEAR}/antagande/", views.adopt_orientation, name="adopt-orientation"),
    path(f"{YEAR}/instammande/", views.confirm_orientation, name="confirm-orientation"),
    path(f"{YEAR}/aterlamning/", views.return_orientation, name="return-orientation"),
    path(f"{YEAR}/borttagning/", views.remove_orientation, name="remove-orientation"),
    path(f"{YEAR}/insatser/ny/", views.new_effort, name="new-effort"),
    path(f"{EFFORT}/redigera/", views.edit_effort, name="edit-effort"),
    path(f"{EFFORT}/lage/", views.effort_state, name="effort-state"),
    path(f"{EFFORT}/omprioritering/", views.reprioritisation, name="reprioritisation"),
    path(f"{EFFORT}/borttagning/", views.remove_effort, name="remove-effort"),
    path(f"{PLAN}/", views.plan, name="plan"),
    path(f"{PLAN}/redigera/", views.edit_plan, name="edit-plan"),
    path(f"{PLAN}/antagande/", views.adopt_plan, name="adopt-plan"),
    path(f"{PLAN}/instammande/", views.confirm_plan, name="confirm-plan"),
    path(f"{PLAN}/aterlamning/", views.return_plan, name="return-plan"),
    path(f"{PLAN}/borttagning/", views.remove_plan, name="remove-plan"),
    path(f"{PLAN}/omraden/ny/", views.new_area, name="new-area"),
    path(f"{PLAN}/omraden/<int:year>/redigera/", views.edit_area, name="edit-area"),
    path(f"{PLAN}/omraden/<int:year>/borttagning/", views.remove_area, name="remove-area"),
]
