from django.urls import path

from tillit.site import views

app_name = "site"
urlpatterns = [
    path("", views.start, name="start"),
    path("tidslinje/", views.timeline, name="timeline"),
    path("kallor/", views.source_list, name="sources"),
    path("kallor/<slug:key>/", views.source, name="source"),
    path("komponenter/", views.components, name="components"),
]
