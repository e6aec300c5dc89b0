from tillit.site.views.components import components
from tillit.site.views.sources import source, source_list
from tillit.site.views.start import start
from tillit.site.views.timeline import timeline

__all__ = ["components", "source", "source_list", "start", "timeline"]
