from django.urls import path

from tillit.post import views

app_name = "post"
urlpatterns = [
    path("post/studsar/<str:token>/", views.bounces, name="bounces"),
    path("demo/brevlada/", views.demo_mails, name="demo-mails"),
    path("demo/brevlada/<slug:key>/", views.demo_mail, name="demo-mail"),
    path("demo/brevlada/<slug:key>/html/", views.demo_html, name="demo-html"),
    path("avanmalan/<str:token>/", views.opt_out, name="opt-out"),
]
