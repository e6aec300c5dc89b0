from django.urls import path

from tillit.records import views

app_name = "records"
urlpatterns = [
    path("kontrollera/", views.check, name="check"),
    path("handlingar/", views.record_list, name="records"),
    path("handlingar.csv", views.record_list, {"as_": "csv"}, name="records-csv"),
    path("handlingar.xlsx", views.record_list, {"as_": "xlsx"}, name="records-xlsx"),
    path("handlingar/ny/", views.new_record, name="new"),
    path("gallringsregler/", views.rules, name="rules"),
    path("gallringsregler/ny/", views.new_rule, name="new-rule"),
    path("gallringsregler/<slug:key>/", views.rule, name="rule"),
    path("gallringsregler/<slug:key>/borttagning/", views.rule_removal, name="rule-removal"),
    path("handlingar/<slug:key>/", views.record, name="record"),
    path("handlingar/<slug:key>/andring/", views.change, name="change"),
    path("handlingar/<slug:key>/borttagning/", views.removal, name="removal"),
    path("handlingar/<slug:key>/steg/<slug:word>/", views.step, name="step"),
    path("handlingar/<slug:key>/gallring/", views.weeding, name="weeding"),
    path("handlingar/<slug:key>/diarienummer/", views.number, name="number"),
    path("handlingar/<slug:key>/begaran/", views.asking, name="ask"),
    path(
        "handlingar/<slug:key>/begaran/<slug:asked>/borttagning/",
        views.taking_back,
        name="take-back",
    ),
    path("handlingar/<slug:key>/underskrift/", views.signing, name="sign"),
    path("handlingar/<slug:key>/exemplar/", views.new_copy, name="copy"),
    path("handlingar/<slug:key>/leverans.<slug:form>.zip", views.delivery, name="delivery"),
]
