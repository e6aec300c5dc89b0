"""The addresses of editing, of proposals and of what has been changed."""

from django.urls import path

from tillit.register.views.editing import (
    changes,
    facts,
    new_organisation,
    overview,
    proposals,
    protection,
)

HERE = "organisationer/<slug:key>"
EDIT = f"{HERE}/redigera"
CHANGES = changes.changes
urlpatterns = [
    path("ny-organisation/", new_organisation.new_organisation, name="new-organisation"),
    path(f"{EDIT}/", overview.overview, name="edit"),
    path(f"{EDIT}/skydd/", protection.protection, name="protection"),
    path(f"{EDIT}/<slug:noun>/ny/", facts.fact_new, name="fact-new"),
    path(f"{EDIT}/<slug:noun>/<str:row>/", facts.fact, name="fact"),
    path(f"{EDIT}/<slug:noun>/<str:row>/<slug:word>/", facts.fact_deed, name="fact-deed"),
    path(f"{HERE}/andringar/", CHANGES, name="changes"),
    path(f"{HERE}/andringar.csv", CHANGES, {"as_": "csv"}, name="changes-csv"),
    path(f"{HERE}/andringar.xlsx", CHANGES, {"as_": "xlsx"}, name="changes-xlsx"),
    path(f"{HERE}/andringar/<int:number>/angrande/", changes.change_undo, name="change-undo"),
    path(f"{HERE}/forslag/", proposals.of_organisation, name="organisation-proposals"),
    path("forslag/", proposals.own, name="proposals"),
    path("forslag/att-besvara/", proposals.to_answer, name="proposals-to-answer"),
    path("forslag/<slug:key>/", proposals.proposal, name="proposal"),
    path("forslag/<slug:key>/bifall/", proposals.acceptance, name="proposal-acceptance"),
    path("forslag/<slug:key>/avslag/", proposals.refusal, name="proposal-refusal"),
    path("forslag/<slug:key>/aterkallelse/", proposals.withdrawal, name="proposal-withdrawal"),
]
