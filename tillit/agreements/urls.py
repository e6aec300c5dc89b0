from django.urls import include, path

from tillit.agreements import consultation_urls, document_urls, editing_urls, views

app_name = "agreements"
urlpatterns = [
    *editing_urls.urlpatterns,
    path("overenskommelser/", views.agreement_list, name="agreements"),
    path("overenskommelser.csv", views.agreement_list, {"as_": "csv"}, name="agreements-csv"),
    path("overenskommelser.xlsx", views.agreement_list, {"as_": "xlsx"}, name="agreements-xlsx"),
    path("overenskommelser/<slug:key>/", views.agreement, name="agreement"),
    path("overenskommelser/<slug:key>/jamfor/", views.comparison, name="comparison"),
    path("overenskommelser/<slug:key>/versioner/<slug:version>/", views.version, name="version"),
    path("overenskommelser/<slug:key>/atgarder/", views.measure_list, name="measures"),
    path(
        "overenskommelser/<slug:key>/atgarder.csv",
        views.measure_list,
        {"as_": "csv"},
        name="measures-csv",
    ),
    path(
        "overenskommelser/<slug:key>/atgarder.xlsx",
        views.measure_list,
        {"as_": "xlsx"},
        name="measures-xlsx",
    ),
    path("overenskommelser/<slug:key>/atgarder/<slug:measure>/", views.measure, name="measure"),
    *document_urls.urlpatterns,
    *consultation_urls.urlpatterns,
    path("", include("tillit.agreements.adherence_urls")),
    path("", include("tillit.agreements.plan_urls")),
    path("", include("tillit.agreements.impact_urls")),
]
