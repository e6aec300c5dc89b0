from tillit.kit.search.models.entry import Entry

__all__ = ["Entry"]
