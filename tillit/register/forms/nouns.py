"""The nouns that people edit, by the words of addresses, and what may be done with them."""

from tillit.register.forms.address import AddressForm
from tillit.register.forms.fact import FactForm
from tillit.register.forms.identifier import IdentifierForm
from tillit.register.forms.name import NameForm
from tillit.register.forms.organisation import OrganisationForm
from tillit.register.forms.person import PersonForm
from tillit.register.forms.presence import PresenceForm
from tillit.register.forms.role import RoleForm
from tillit.register.forms.unit import UnitForm

FORMS: tuple[type[FactForm], ...] = (
    OrganisationForm,
    NameForm,
    IdentifierForm,
    AddressForm,
    PresenceForm,
    UnitForm,
    RoleForm,
    PersonForm,
)
BY_SLUG = {form.slug: form for form in FORMS}
BY_NOUN = {form.model.noun: form for form in FORMS}
