"""What the kit gives to the whole: the lists in files that are of no context."""

from tillit.kit.contributions import Contributions
from tillit.kit.loading.sources import Sources
from tillit.kit.loading.stated_figures import StatedFigures

contributions = Contributions(tables=[Sources(), StatedFigures()])
