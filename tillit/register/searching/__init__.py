"""What is found of the register, a kind a file, in the order in which it is shown."""

from tillit.register.searching.figures import FIGURES
from tillit.register.searching.organisations import ORGANISATIONS
from tillit.register.searching.persons import PERSONS
from tillit.register.searching.places import PLACES
from tillit.register.searching.units import UNITS

SEARCHABLES = [ORGANISATIONS, PERSONS, UNITS, PLACES, FIGURES]
