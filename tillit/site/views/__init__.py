from tillit.site.views.components import components
from tillit.site.views.start import start

__all__ = ["components", "start"]
