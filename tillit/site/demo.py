"""Who answers for the personal data of a demo: invented, like its persons."""

from tillit.site.models import Installation


def populate() -> None:
    """The two sides, jointly. Leaves alone what somebody has said."""
    it = Installation.current()
    if it is None or it.contact or it.civil is None or it.public is None:
        return
    it.host = it.civil
    it.contact = "personuppgifter@example.org"
    it.officer = "Dataskyddsombudet (påhittat), ombud@example.org"
    it.arrangement = (
        "Påhittad överenskommelse: var och en av de två sidorna ansvarar för uppgifterna om sina "
        "egna, och båda svarar på frågor."
    )
    it.save()
    it.controllers.set([it.civil, it.public])
