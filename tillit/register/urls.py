from django.urls import path

from tillit.register import views

app_name = "register"
urlpatterns = [
    path("uppdrag/valj/", views.capacity, name="capacity"),
    path("organisationer/", views.organisation_list, name="organisations"),
    path("organisationer.csv", views.organisation_list, {"as_": "csv"}, name="organisations-csv"),
    path(
        "organisationer.xlsx", views.organisation_list, {"as_": "xlsx"}, name="organisations-xlsx"
    ),
    path("organisationer/<slug:key>/", views.organisation, name="organisation"),
    path("organisationer/<slug:key>/medlemmar/", views.members, name="members"),
    path(
        "organisationer/<slug:key>/medlemmar.csv", views.members, {"as_": "csv"}, name="members-csv"
    ),
    path(
        "organisationer/<slug:key>/medlemmar.xlsx",
        views.members,
        {"as_": "xlsx"},
        name="members-xlsx",
    ),
    path("organisationer/<slug:key>/enheter/", views.unit_list, name="units"),
    path("organisationer/<slug:key>/enheter/<slug:unit>/", views.unit, name="unit"),
    path("personer/", views.person_list, name="persons"),
    path("personer.csv", views.person_list, {"as_": "csv"}, name="persons-csv"),
    path("personer.xlsx", views.person_list, {"as_": "xlsx"}, name="persons-xlsx"),
    path("personer/<slug:key>/", views.person, name="person"),
    path("platser/", views.country, name="places"),
    path("platser/<slug:code>/", views.place, name="place"),
    path("siffror/", views.figures, name="figures"),
]
