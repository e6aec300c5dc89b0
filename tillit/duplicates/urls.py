from django.urls import path

from tillit.duplicates import views

app_name = "duplicates"
FILES = ("csv", "xlsx")
LISTS = {"dubbletter": (views.pairs, "pairs"), "sammanslagningar": (views.merges, "merges")}
urlpatterns = [
    *(path(f"{address}/", view, name=name) for address, (view, name) in LISTS.items()),
    *(
        path(f"{address}.{kind}", view, {"as_": kind}, name=f"{name}-{kind}")
        for address, (view, name) in LISTS.items()
        for kind in FILES
    ),
    path("dubbletter/sokning/", views.search, name="search"),
    path("dubbletter/ny/<slug:noun>/<slug:row>/", views.new, name="new"),
    path("dubbletter/<slug:key>/", views.pair, name="pair"),
    path("dubbletter/<slug:key>/beslut/<slug:to>/", views.decision, name="decision"),
    path("dubbletter/<slug:key>/sammanslagning/", views.merging, name="merging"),
    path("sammanslagningar/<slug:key>/", views.merge, name="merge"),
    path("sammanslagningar/<slug:key>/angring/", views.undoing, name="undoing"),
]
