"""How agreements stand in files; the format is told in examples/README.md."""

from tillit.agreements.loading.agreements import Agreements

TABLES = (Agreements(),)
