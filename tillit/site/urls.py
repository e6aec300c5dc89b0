from django.urls import path

from tillit.site import views

app_name = "site"
urlpatterns = [
    path("", views.start, name="start"),
    path("komponenter/", views.components, name="components"),
]
