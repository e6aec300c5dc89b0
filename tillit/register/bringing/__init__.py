"""What people may bring into the register from lists: organisations, members of an umbrella, persons."""

from tillit.register.bringing.memberships import Memberships
from tillit.register.bringing.organisations import Organisations
from tillit.register.bringing.persons import Persons

KINDS = [Organisations(), Memberships(), Persons()]
