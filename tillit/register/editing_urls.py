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

FILES = ("csv", "xlsx")
HERE = "organisationer/<slug:key>"
EDIT = f"{HERE}/redigera"
LISTS = {
    f"{HERE}/forslag": (proposals.of_organisation, "organisation-proposals"),
    "forslag": (proposals.own, "proposals"),
    "forslag/att-besvara": (proposals.to_answer, "proposals-to-answer"),
    f"{HERE}/andringar": (changes.changes, "changes"),
}
urlpatterns = [
    *(path(f"{address}/", view, name=name) for address, (view, name) in LISTS.items()),
    *(
        path(f"{address}.{kind}", view, {"as_": kind}, name=f"{name}-{kind}")
        for address, (view, name) in LISTS.items()
        for kind in FILES
    ),
    path("ny-organisation/", new_organisation.new_organisation, name="new-organisation"),
    path(f"{EDIT}/", overview.overview, name="edit"),
    path(f"{EDIT}/skydd/", protection.protection, name="protection"),
    path(f"{EDIT}/<slug:noun>/ny/", facts.fact_new, name="fact-new"),
    path(f"{EDIT}/<slug:noun>/<key:row>/", facts.fact, name="fact"),
    path(f"{EDIT}/<slug:noun>/<key:row>/<slug:word>/", facts.fact_deed, name="fact-deed"),
    path(f"{HERE}/andringar/<int:number>/angrande/", changes.change_undo, name="change-undo"),
    path("forslag/<slug:key>/", proposals.proposal, name="proposal"),
    path("forslag/<slug:key>/bifall/", proposals.acceptance, name="proposal-acceptance"),
    path("forslag/<slug:key>/avslag/", proposals.refusal, name="proposal-refusal"),
    path("forslag/<slug:key>/aterkallelse/", proposals.withdrawal, name="proposal-withdrawal"),
]
