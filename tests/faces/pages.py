"""The pages whose faces are looked at."""

NOT_FOUND = "/finns-inte/"


def pages() -> list[str]:
    """Addresses in Swedish; English ones follow by /en before them.

    `coordinator@/skrivbord/` is seen by the invented person of the demo with that address.
    """
    return [
        "/",
        "/organisationer/",
        "/organisationer/?member_of=natverket&on=2025-06-30",
        "/organisationer/?on=2012-02-30",
        "/organisationer/?q=finns+inte",
        "/organisationer/natverket/?on=2012-06-01",
        "/organisationer/region-skane/",
        "/organisationer/region-skane/enheter/",
        "/organisationer/natverket/enheter/styrelse/?on=2012-06-01",
        "/organisationer/natverket/medlemmar/",
        "/personer/",
        "/personer/maria-leiner/",
        "/platser/",
        "/platser/12/",
        "/platser/1256/",
        "/platser/12/?on=2104-01-01",
        "/siffror/",
        "/tidslinje/",
        "/kallor/",
        "/kallor/S3/",
        "/logga-in/",
        "/logga-in/losenord/",
        "/demo/brevlada/",
        "drift@/drift/",
        "drift@/installningar/epost/",
        "samordnare@/utskick/",
        "samordnare@/utskick/nas-inte/",
        "tjansteperson@/utskick/",
        "/integritet/",
        "/integritet/person/maria-leiner/",
        "/integritet/begaran/skickad/",
        "/gallring/",
        "drift@/gallring/",
        "/tillganglighet/",
        "/tillganglighet/anmalan/?sida=/platser/",
        "/tillganglighet/anmalan/tack/",
        "drift@/tillganglighet/anmalningar/",
        "drift@/radering/",
        "samordnare@/mina-uppgifter/",
        "samordnare@/mina-uppgifter/activity/",
        "samordnare@/mina-uppgifter/utskrift/",
        "samordnare@/mina-uppgifter/rattelse/",
        "samordnare@/mina-uppgifter/radering/",
        "/api/",
        "/komponenter/",
        NOT_FOUND,
    ]
