from tillit.agreements.views.agreement import agreement
from tillit.agreements.views.agreements import agreement_list
from tillit.agreements.views.comparison import comparison
from tillit.agreements.views.measures import measure, measure_list
from tillit.agreements.views.version import version

__all__ = [
    "agreement",
    "agreement_list",
    "comparison",
    "measure",
    "measure_list",
    "version",
]
