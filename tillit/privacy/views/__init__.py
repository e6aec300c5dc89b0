from tillit.privacy.views.accessibility import accessibility, report_form, report_sent
from tillit.privacy.views.asking import ask, ask_by_mail, asked_by_mail, by_link, withdrawal
from tillit.privacy.views.deciding import case, case_part, decision, requests
from tillit.privacy.views.own import correction, file, own, part, printed
from tillit.privacy.views.policy import privacy
from tillit.privacy.views.reports import report, reports
from tillit.privacy.views.retention import retention, retention_run

__all__ = [
    "accessibility",
    "ask",
    "ask_by_mail",
    "asked_by_mail",
    "by_link",
    "case",
    "case_part",
    "correction",
    "decision",
    "file",
    "own",
    "part",
    "printed",
    "privacy",
    "report",
    "report_form",
    "report_sent",
    "reports",
    "requests",
    "retention",
    "retention_run",
    "withdrawal",
]
