from django.urls import path

from tillit.intake import views

app_name = "intake"
urlpatterns = [
    path("import/", views.intakes, name="intakes"),
    path("import/ny/<slug:kind>/", views.new, name="new"),
    path("import/<slug:key>/", views.intake, name="intake"),
    path("import/<slug:key>/tolkning/", views.reading, name="reading"),
    path("import/<slug:key>/rader/", views.rows, name="rows"),
    path("import/<slug:key>/forslagen/", views.suggestions, name="suggestions"),
    path("import/<slug:key>/bekraftelse/", views.confirmation, name="confirmation"),
    path("import/<slug:key>/angring/", views.undoing, name="undoing"),
    path("import/<slug:key>/borttagning/", views.removal, name="removal"),
]
