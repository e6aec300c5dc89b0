"""What agreements give to the whole."""

from tillit.agreements.loading import TABLES
from tillit.kit.contributions import Contributions

contributions = Contributions(tables=TABLES)
