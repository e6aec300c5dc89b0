from django.urls import path

from tillit.enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("fraga/<slug:key>/<str:token>/", views.answer, name="answer"),
    path("fraga/<slug:key>/organisation/<slug:member>/", views.answer_for, name="answer-for"),
]
