from tillit.register.models.address import Address
from tillit.register.models.admissions import Admissions
from tillit.register.models.application import Application
from tillit.register.models.contact import Contact
from tillit.register.models.handover import Handover
from tillit.register.models.identifier import Identifier
from tillit.register.models.invitation import Invitation
from tillit.register.models.mandate import Mandate
from tillit.register.models.membership import Membership
from tillit.register.models.membership_decision import MembershipDecision
from tillit.register.models.name import Name
from tillit.register.models.organisation import Organisation
from tillit.register.models.person import Person
from tillit.register.models.place import Place
from tillit.register.models.presence import Presence
from tillit.register.models.proposal import Proposal
from tillit.register.models.resignation import Resignation
from tillit.register.models.role import Role
from tillit.register.models.secretariat import Secretariat
from tillit.register.models.supplement import Supplement
from tillit.register.models.topic import Topic
from tillit.register.models.unit import Unit

__all__ = [
    "Address",
    "Admissions",
    "Application",
    "Contact",
    "Handover",
    "Identifier",
    "Invitation",
    "Mandate",
    "Membership",
    "MembershipDecision",
    "Name",
    "Organisation",
    "Person",
    "Place",
    "Presence",
    "Proposal",
    "Resignation",
    "Role",
    "Secretariat",
    "Supplement",
    "Topic",
    "Unit",
]
