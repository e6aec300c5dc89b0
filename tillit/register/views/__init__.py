from tillit.register.views.capacity import capacity
from tillit.register.views.figures import figures
from tillit.register.views.members import members
from tillit.register.views.organisation import organisation
from tillit.register.views.organisations import organisation_list
from tillit.register.views.person import person
from tillit.register.views.persons import person_list
from tillit.register.views.places import country, place
from tillit.register.views.units import unit, unit_list

__all__ = [
    "capacity",
    "country",
    "figures",
    "members",
    "organisation",
    "organisation_list",
    "person",
    "person_list",
    "place",
    "unit",
    "unit_list",
]
