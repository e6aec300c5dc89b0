"""What the kit gives to the whole: the lists in files that are of no context, and the activity."""

from tillit.kit.contributions import Contributions
from tillit.kit.loading.sources import Sources
from tillit.kit.loading.stated_figures import StatedFigures
from tillit.kit.personal import traces

contributions = Contributions(
    tables=[Sources(), StatedFigures()],
    own_data=traces.own_data,
    erase=traces.erase,
    retentions=[traces.RETENTION],
)
