"""The closed vocabularies of the register, each with the reason for its groups."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    CIVIL = "civil", _("Civil society")
    PUBLIC = "public", _("Public sector")
    BUSINESS = "business", _("Business")
    ACADEMIA = "academia", _("Academia")

    @property
    def side(self) -> str:
        """Which of the two equal sides it stands on; the others are guests."""
        return self.value if self in {Sector.CIVIL, Sector.PUBLIC} else ""


class Side(models.TextChoices):
    """The two equal sides of an agreement."""

    CIVIL = "civil", _("Civil society")
    PUBLIC = "public", _("Public sector")


class Extent(models.TextChoices):
    """How far a mandate reaches, from reading to looking after a side."""

    READ = "read", _("Reads")
    EDIT = "edit", _("Edits")
    LEAD = "lead", _("Edits and brings in people")
    SECRETARIAT = "secretariat", _("Secretariat of its side")
    ADMINISTER = "administer", _("Keeps the installation running")

    @property
    def means(self) -> Promise:
        """What it lets one do, in a sentence."""
        return MEANS[self]

    @property
    def rank(self) -> int:
        """How much it opens of an organisation: the last of the ladder the most."""
        return LADDER.index(self) if self in LADDER else -1


# Those that lead into each other: who edits also reads, who leads also edits.
LADDER = (Extent.READ, Extent.EDIT, Extent.LEAD)
MEANS = {
    Extent.READ: _("Sees what is for the organisation alone, and changes nothing."),
    Extent.EDIT: _("Sees what is for the organisation alone, and changes what is told of it."),
    Extent.LEAD: _(
        "Edits, and decides who acts for the organisation: invites, changes, ends, hands over."
    ),
    Extent.SECRETARIAT: _(
        "Looks after all organisations of its side, and who acts for them. Writes to members."
    ),
    Extent.ADMINISTER: _(
        "Looks after mail, background work, administrators and who keeps the secretariats. Sees no "
        "organisation's own matters by this."
    ),
}
# The circle of those who keep the installation running.
ADMINISTRATORS = "administrators"


class Form(models.TextChoices):
    ASSOCIATION = "association", _("Non-profit association")
    FOUNDATION = "foundation", _("Foundation")
    FAITH_COMMUNITY = "faith_community", _("Faith community")
    COOPERATIVE = "cooperative", _("Cooperative")
    COMPANY = "company", _("Company")
    NETWORK = "network", _("Network without legal form")
    REGION = "region", _("Region")
    COUNTY_COUNCIL = "county_council", _("County council")
    MUNICIPALITY = "municipality", _("Municipality")
    MUNICIPAL_ASSOCIATION = "municipal_association", _("Association of municipalities")
    STATE_AGENCY = "state_agency", _("State agency")
    GOVERNMENT = "government", _("Government")
    UNIVERSITY = "university", _("University")


# What a legal form says of the sector. The rest are civil society.
SECTOR_OF = {
    **dict.fromkeys(
        (
            Form.REGION,
            Form.COUNTY_COUNCIL,
            Form.MUNICIPALITY,
            Form.MUNICIPAL_ASSOCIATION,
            Form.STATE_AGENCY,
            Form.GOVERNMENT,
        ),
        Sector.PUBLIC,
    ),
    Form.UNIVERSITY: Sector.ACADEMIA,
    Form.COMPANY: Sector.BUSINESS,
}


def forms_of(sector: str) -> list[tuple[str, Any]]:
    """The legal forms that fit an organisation of the sector. A company fits any."""
    may_be = {Sector(sector), Sector.BUSINESS}
    return [(it.value, it.label) for it in Form if SECTOR_OF.get(it, Sector.CIVIL) in may_be]


class Level(models.TextChoices):
    INTERNATIONAL = "international", _("International")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    LOCAL = "local", _("Local")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Name")
    SHORT = "short", _("Short name")
    ALIAS = "alias", _("Also called")
    MISSPELLING = "misspelling", _("Misspelling")


class Scheme(models.TextChoices):
    ORGNR = "orgnr", _("Organisation number")
    GLN = "gln", _("GLN")
    PEPPOL = "peppol", _("Peppol id")


class AddressKind(models.TextChoices):
    POSTAL = "postal", _("Postal address")
    VISITING = "visiting", _("Visiting address")
    INVOICE = "invoice", _("Invoice address")


class PresenceKind(models.TextChoices):
    SEAT = "seat", _("Seat")
    WORKS_IN = "works_in", _("Works in")


class UnitKind(models.TextChoices):
    ASSEMBLY = "assembly", _("Assembly")
    BOARD = "board", _("Board")
    COMMITTEE = "committee", _("Committee")
    PREPARATION = "preparation", _("Drafting committee")
    NOMINATING = "nominating", _("Nominating committee")
    COUNCIL = "council", _("Council")
    ADMINISTRATION = "administration", _("Administration")
    DEPARTMENT = "department", _("Department")
    STAFF = "staff", _("Staff")
    DISTRICT = "district", _("District")
    OTHER = "other", _("Other unit")


class RoleKind(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    FIRST_VICE_CHAIR = "first_vice_chair", _("First vice chair")
    SECOND_VICE_CHAIR = "second_vice_chair", _("Second vice chair")
    MEMBER = "member", _("Elected member")
    DEPUTY = "deputy", _("Deputy")
    CO_OPTED = "co_opted", _("Co-opted")
    COMMISSIONER = "commissioner", _("Commissioner")
    AUDITOR = "auditor", _("Auditor")
    LAY_AUDITOR = "lay_auditor", _("Lay auditor")
    DEPUTY_AUDITOR = "deputy_auditor", _("Deputy auditor")
    NOMINATING_CONVENER = "nominating_convener", _("Convener of the nominating committee")
    NOMINATING_MEMBER = "nominating_member", _("Member of the nominating committee")
    CONVENER = "convener", _("Convener")
    MANAGER = "manager", _("Manager")
    DIRECTOR = "director", _("Director")
    EMPLOYEE = "employee", _("Employee")
    COORDINATOR = "coordinator", _("Coordinator")
    DEVELOPER = "developer", _("Developer")
    PROJECT_MANAGER = "project_manager", _("Project manager")
    PROCESS_LEADER = "process_leader", _("Process leader")
    OFFICIAL = "official", _("Official")
    CONTACT_PERSON = "contact_person", _("Contact person")
    BOOKKEEPER = "bookkeeper", _("Commissioned bookkeeper")
    REPRESENTATIVE = "representative", _("Representative")
    AFFILIATED = "affiliated", _("Named with it")


class RoleFamily(models.TextChoices):
    """How roles that belong to no unit are told together on a page."""

    LEADING = "leading", _("Elected to lead")
    AUDITING = "auditing", _("Auditors")
    NOMINATING = "nominating", _("Nominating committee")
    WORKING = "working", _("Staff and commissions")
    NAMED = "named", _("Named with the organisation")


AUDITING = {RoleKind.AUDITOR, RoleKind.LAY_AUDITOR, RoleKind.DEPUTY_AUDITOR}
NOMINATING = {RoleKind.NOMINATING_CONVENER, RoleKind.NOMINATING_MEMBER}
NAMED = {RoleKind.REPRESENTATIVE, RoleKind.AFFILIATED}

# A party may stand only beside a role that somebody was elected to (GDPR art. 9: political opinion,
# made public by the holder of the office).
ELECTED = (
    RoleKind.CHAIR,
    RoleKind.VICE_CHAIR,
    RoleKind.FIRST_VICE_CHAIR,
    RoleKind.SECOND_VICE_CHAIR,
    RoleKind.MEMBER,
    RoleKind.DEPUTY,
    RoleKind.COMMISSIONER,
)


class Measure(models.TextChoices):
    """What a stated figure measures, where it is one of the usual ones."""

    MEMBERS = "members", _("Members")
    NEW_MEMBERS = "new_members", _("New members")
    EMPLOYEES = "employees", _("Employees")
    SUBSCRIBERS = "subscribers", _("Subscribers to the newsletter")
    COURSES = "courses", _("Courses")
    PARTICIPANTS = "participants", _("Participants")
    BOARD_MEETINGS = "board_meetings", _("Board meetings")
    ORGANISATIONS = "organisations", _("Organisations")
    FUNDING = "funding_sek", _("Funding in kronor")


class TopicKind(models.TextChoices):
    THEME = "theme", _("Theme")
    TARGET_GROUP = "target_group", _("Target group")


class PlaceKind(models.TextChoices):
    COUNTRY = "country", _("Country")
    COUNTY = "county", _("County")
    MUNICIPALITY = "municipality", _("Municipality")


def family_of(kind: str) -> RoleFamily:
    """The family of a kind of role."""
    if kind in AUDITING:
        return RoleFamily.AUDITING
    if kind in NOMINATING:
        return RoleFamily.NOMINATING
    if kind in NAMED:
        return RoleFamily.NAMED
    return RoleFamily.LEADING if kind in {*ELECTED, RoleKind.CO_OPTED} else RoleFamily.WORKING
