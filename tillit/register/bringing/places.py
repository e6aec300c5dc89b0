"""Places as lists name them, found among those that there are."""

from functools import cached_property

from tillit.kit.swedish import fold
from tillit.register.choices import PlaceKind
from tillit.register.likeness.naming import NameParts
from tillit.register.models import Place

ENDINGS = (" kommun", "s kommun", " stad", "s stad", " lan", "s lan")


class Places:
    """The places of the register, asked for once for a whole list."""

    @cached_property
    def _by_name(self) -> dict[str, Place]:
        """Municipalities before counties: Örebro alone is the municipality."""
        found: dict[str, Place] = {}
        for place in Place.objects.exclude(kind=PlaceKind.COUNTRY).order_by("-kind"):
            names = {fold(place.name), fold(place.official_name)}
            if place.kind == PlaceKind.COUNTY:
                names |= {name.removesuffix(" lan").removesuffix("s") for name in names}
            for name in names:
                found.setdefault(name, place)
        return found

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self._by_name.values()}

    def municipality(self, text: str) -> Place | None:
        """The municipality that a cell names, by name or code."""
        folded = fold(text)
        place = self._by_code.get(text.strip()) or self._by_name.get(folded)
        if place is None:
            plain = next((folded.removesuffix(it) for it in ENDINGS if folded.endswith(it)), "")
            place = self._by_name.get(plain)
        return place if place and place.kind == PlaceKind.MUNICIPALITY else None

    def named_in(self, name: NameParts) -> list[Place]:
        """The places that the name of an organisation says that it works in."""
        found = (self._by_name.get(place) for place in sorted(name.places))
        return [place for place in found if place]
