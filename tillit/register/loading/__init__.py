"""How the nouns of the register stand in files; the format is told in examples/README.md."""

from tillit.register.loading.memberships import Memberships
from tillit.register.loading.organisations import Organisations
from tillit.register.loading.persons import Persons
from tillit.register.loading.secretariats import Secretariats
from tillit.register.loading.topics import Topics

TABLES = (Topics(), Organisations(), Persons(), Memberships(), Secretariats())
