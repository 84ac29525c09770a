"""Rows of kit: tenant, user, audit chain, files."""

from zhuoyue.kit.models.audit import AuditEntry, AuditHead
from zhuoyue.kit.models.batch import ImportBatch
from zhuoyue.kit.models.file import Attachment, StoredFile
from zhuoyue.kit.models.job import Job
from zhuoyue.kit.models.record import Record, RecordQuerySet
from zhuoyue.kit.models.signature import CounterSignature
from zhuoyue.kit.models.tenant import SignInFailure, Tenant, User

__all__ = [
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "CounterSignature",
    "ImportBatch",
    "Job",
    "Record",
    "RecordQuerySet",
    "SignInFailure",
    "StoredFile",
    "Tenant",
    "User",
]
