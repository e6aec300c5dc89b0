from tillit.privacy.models.erased_key import ErasedKey
from tillit.privacy.models.erasure_decision import ErasureDecision, Ground, Outcome
from tillit.privacy.models.erasure_request import ErasureRequest
from tillit.privacy.models.report import DeedKind, Report, ReportDeed
from tillit.privacy.models.retention_run import RetentionRun

__all__ = [
    "DeedKind",
    "ErasedKey",
    "ErasureDecision",
    "ErasureRequest",
    "Ground",
    "Outcome",
    "Report",
    "ReportDeed",
    "RetentionRun",
]
