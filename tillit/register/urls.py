from django.urls import path

from tillit.register import editing_urls, views
from tillit.register.views import membership
from tillit.register.views.mandates.urls import urlpatterns as of_mandates

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
    path("medlemsansokan/<str:token>/", membership.own_application, name="own-application"),
    path(
        "organisationer/<slug:key>/medlemmar/ansok/",
        membership.application_form,
        name="membership-apply",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansok/bekrafta/",
        membership.application_sent,
        {"counts": False},
        name="application-link",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansok/skickad/",
        membership.application_sent,
        {"counts": True},
        name="application-sent",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ny/",
        membership.addition,
        name="membership-addition",
    ),
    path("organisationer/<slug:key>/medlemmar/villkor/", membership.admissions, name="admissions"),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar/",
        membership.application_list,
        name="applications",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar.csv",
        membership.application_list,
        {"as_": "csv"},
        name="applications-csv",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar.xlsx",
        membership.application_list,
        {"as_": "xlsx"},
        name="applications-xlsx",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar/<slug:application>/",
        membership.application,
        name="application",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar/<slug:application>/komplettering/",
        membership.supplement,
        name="application-supplement",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/ansokningar/<slug:application>/beslut/",
        membership.decision,
        name="application-decision",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/beslut/<slug:decision>/atertagande/",
        membership.taking_back,
        name="membership-taking-back",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/<slug:member>/",
        membership.membership,
        name="membership",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/<slug:member>/uttrade/",
        membership.resignation,
        name="resignation",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/<slug:member>/avslut/",
        membership.ending,
        name="membership-ending",
    ),
    path(
        "organisationer/<slug:key>/medlemmar/<slug:member>/borttagning/",
        membership.removal,
        name="membership-removal",
    ),
    path("organisationer/<slug:key>/enheter/", views.unit_list, name="units"),
    path("organisationer/<slug:key>/enheter/<str:unit>/", views.unit, name="unit"),
    path("personer/", views.person_list, name="persons"),
    path("personer.csv", views.person_list, {"as_": "csv"}, name="persons-csv"),
    path("personer.xlsx", views.person_list, {"as_": "xlsx"}, name="persons-xlsx"),
    path("personer/<slug:key>/", views.person, name="person"),
    path("platser/", views.country, name="places"),
    path("platser/<slug:code>/", views.place, name="place"),
    path("siffror/", views.figures, name="figures"),
    *of_mandates,
    *editing_urls.urlpatterns,
]
