from tillit.records.models.case_number import CaseNumber
from tillit.records.models.record import Record
from tillit.records.models.record_step import RecordStep
from tillit.records.models.retention_rule import RetentionRule
from tillit.records.models.seal import Seal
from tillit.records.models.signatory import Signatory
from tillit.records.models.signature import Signature
from tillit.records.models.signed_copy import SignedCopy

__all__ = [
    "CaseNumber",
    "Record",
    "RecordStep",
    "RetentionRule",
    "Seal",
    "Signatory",
    "Signature",
    "SignedCopy",
]
