from tillit.agreements.views.adherence.adherents import adherents
from tillit.agreements.views.adherence.joining import joining
from tillit.agreements.views.adherence.leaving import leaving

__all__ = ["adherents", "joining", "leaving"]
