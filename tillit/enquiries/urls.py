from django.urls import path

from tillit.enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("fraga/<slug:key>/<str:token>/", views.answer, name="answer"),
    path("fraga/<slug:key>/organisation/<slug:member>/", views.answer_for, name="answer-for"),
    path("organisationer/<slug:key>/arsfragor/", views.enquiry_list, name="enquiries"),
    path("organisationer/<slug:key>/arsfragor/ny/", views.new_enquiry, name="new"),
    path("arsfragor/<slug:key>/", views.enquiry, name="enquiry"),
    path("arsfragor/<slug:key>/text/", views.words, name="words"),
    path("arsfragor/<slug:key>/kassering/", views.throwing_away, name="throwing-away"),
    path("arsfragor/<slug:key>/fragor/ny/", views.new_question, name="new-question"),
    path("arsfragor/<slug:key>/fragor/<slug:question>/", views.question, name="question"),
    path(
        "arsfragor/<slug:key>/fragor/<slug:question>/plats/",
        views.question_place,
        name="question-place",
    ),
    path("arsfragor/<slug:key>/forhandsvisning/", views.preview, name="preview"),
    path("arsfragor/<slug:key>/brev/", views.mail_preview, name="mail-preview"),
    path("arsfragor/<slug:key>/oppning/", views.opening, name="opening"),
    path("arsfragor/<slug:key>/sista-dag/", views.closing, name="closing"),
    path("arsfragor/<slug:key>/nya-medlemmar/", views.new_members, name="new-members"),
    path("arsfragor/<slug:key>/paminnelse/", views.reminding, name="reminding"),
    path("arsfragor/<slug:key>/publicering/", views.publishing, name="publishing"),
    path("arsfragor/<slug:key>/medlemmar/", views.asked_list, name="asked-list"),
    path(
        "arsfragor/<slug:key>/medlemmar.csv",
        views.asked_list,
        {"as_": "csv"},
        name="asked-list-csv",
    ),
    path(
        "arsfragor/<slug:key>/medlemmar.xlsx",
        views.asked_list,
        {"as_": "xlsx"},
        name="asked-list-xlsx",
    ),
    path("arsfragor/<slug:key>/medlemmar/<slug:asked>/", views.asked, name="asked"),
    path("arsfragor/<slug:key>/svar/", views.answer_list, name="answers"),
    path("arsfragor/<slug:key>/svar.csv", views.answer_list, {"as_": "csv"}, name="answers-csv"),
    path("arsfragor/<slug:key>/svar.xlsx", views.answer_list, {"as_": "xlsx"}, name="answers-xlsx"),
    path("arsfragor/<slug:key>/rattelser/", views.corrections, name="corrections"),
    path("arsfragor/<slug:key>/rattelser/alla/", views.all_corrections, name="all-corrections"),
    path("arsfragor/<slug:key>/rattelser/<slug:correction>/", views.correction, name="correction"),
    path("arsfragor/<slug:key>/siffror/", views.figures, name="figures"),
    path("arsfragor/<slug:key>/sammanfattning/", views.summary, name="summary"),
]
