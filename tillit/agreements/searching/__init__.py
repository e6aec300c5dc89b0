"""What is found of agreements, a kind a file, in the order in which it is shown."""

from tillit.agreements.searching.agreements import AGREEMENTS
from tillit.agreements.searching.checks import CHECKS
from tillit.agreements.searching.consultations import CONSULTATIONS
from tillit.agreements.searching.measures import MEASURES
from tillit.agreements.searching.plans import ORIENTATIONS, PLANS
from tillit.agreements.searching.versions import VERSIONS

SEARCHABLES = [AGREEMENTS, VERSIONS, MEASURES, CONSULTATIONS, PLANS, ORIENTATIONS, CHECKS]
