from tillit.site.models.installation import Installation

__all__ = ["Installation"]
