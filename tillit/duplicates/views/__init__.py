from tillit.duplicates.views.merges import merge, merges, undoing
from tillit.duplicates.views.merging import merging
from tillit.duplicates.views.new import new
from tillit.duplicates.views.pair import decision, pair
from tillit.duplicates.views.pairs import pairs, search

__all__ = [
    "decision",
    "merge",
    "merges",
    "merging",
    "new",
    "pair",
    "pairs",
    "search",
    "undoing",
]
