from tillit.duplicates.models.merge import Merge, MergeStep
from tillit.duplicates.models.pair import Pair, State

__all__ = ["Merge", "MergeStep", "Pair", "State"]
