from django.urls import path

from tillit.post import views

app_name = "post"
urlpatterns = [
    path("avanmalan/<str:token>/", views.opt_out, name="opt-out"),
]
