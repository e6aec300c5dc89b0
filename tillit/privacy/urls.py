from django.urls import path

from tillit.privacy import views

app_name = "privacy"

urlpatterns = [
    path("mina-uppgifter/", views.own, name="own"),
    path("mina-uppgifter.json", views.file, name="file"),
    path("mina-uppgifter/utskrift/", views.printed, name="print"),
    path("mina-uppgifter/rattelse/", views.correction, name="correct"),
    path("mina-uppgifter/radering/", views.ask, name="ask"),
    path("mina-uppgifter/radering/aterkallande/", views.withdrawal, name="withdraw"),
    path("mina-uppgifter/<slug:key>/", views.part, name="part"),
    path("integritet/", views.privacy, name="privacy"),
    path("integritet/person/<slug:key>/", views.ask_by_mail, name="ask-by-mail"),
    path("integritet/begaran/skickad/", views.asked_by_mail, name="asked-by-mail"),
    path("integritet/begaran/<slug:token>/", views.by_link, name="by-link"),
    path("radering/", views.requests, name="requests"),
    path("radering/<slug:key>/", views.case, name="request"),
    path("radering/<slug:key>/beslut/", views.decision, name="decide"),
    path("radering/<slug:key>/<slug:part>/", views.case_part, name="request-part"),
    path("gallring/", views.retention, name="retention"),
    path("gallring/korning/", views.retention_run, name="retention-run"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("tillganglighet/anmalan/", views.report_form, name="report-form"),
    path("tillganglighet/anmalan/tack/", views.report_sent, name="report-sent"),
    path("tillganglighet/anmalningar/", views.reports, name="reports"),
    path("tillganglighet/anmalningar/<slug:key>/", views.report, name="report"),
]
