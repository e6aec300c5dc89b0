"""Rows that belong to an enquiry, and are read by whoever reads it."""

from typing import Any, ClassVar

from django.db import models

from tillit.enquiries.models.enquiry import Enquiry
from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.models import Row


class OfEnquiry(Shared, Row):
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="%(class)ss")

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard(self) -> None:
        self.circle, self.also = self.enquiry.circle, self.enquiry.also

    @property
    def about(self) -> str:
        return self.enquiry.subject
