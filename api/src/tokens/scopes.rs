//! What access tokens may allow.

/// All scopes, with what they allow in English and in Dutch.
pub const SCOPES: &[(&str, [&str; 2])] = &[
    (
        "parties:read",
        ["read organisations, networks, people and roles", "organisaties, netwerken, mensen en rollen lezen"],
    ),
    (
        "parties:write",
        ["change organisations, networks, people and roles", "organisaties, netwerken, mensen en rollen wijzigen"],
    ),
    ("profiles:read", ["read profiles", "profielen lezen"]),
    ("profiles:write", ["change the own profile", "het eigen profiel wijzigen"]),
    ("market:read", ["read klussen, responses and their dossiers", "klussen, reacties en hun dossiers lezen"]),
    (
        "market:write",
        [
            "publish, respond, consent, talk, offer and accept",
            "plaatsen, reageren, toestemmen, kennismaken, aanbieden en aannemen",
        ],
    ),
    (
        "placements:read",
        ["read arrangements, placements, agreements and hours", "afspraken, plaatsingen, overeenkomsten en uren lezen"],
    ),
    (
        "placements:write",
        [
            "arrange, sign, write and approve hours, end and evaluate",
            "afspreken, tekenen, uren schrijven en goedkeuren, beëindigen en evalueren",
        ],
    ),
    ("charges:read", ["read cost rates and charge statements", "loonkostentarieven en doorbelastingen lezen"]),
    (
        "charges:write",
        [
            "lay down cost rates, charge, accept and dispute",
            "tarieven vastleggen, doorbelasten, accepteren en betwisten",
        ],
    ),
    ("events:read", ["read events", "gebeurtenissen lezen"]),
    ("notifications:read", ["read notifications and saved searches", "meldingen en zoekopdrachten lezen"]),
    (
        "notifications:write",
        ["save searches, and choose how to be told", "zoekopdrachten bewaren, en kiezen hoe meldingen komen"],
    ),
    (
        "staff:read",
        ["read the staff as the HR system told it", "het personeel lezen zoals het personeelssysteem het aanlevert"],
    ),
    ("staff:write", ["hand in the staff of the own organisation", "het personeel van de eigen organisatie aanleveren"]),
    (
        "access:read",
        [
            "read how systems and people of an organisation get in",
            "lezen hoe systemen en mensen van een organisatie binnenkomen",
        ],
    ),
    (
        "access:write",
        [
            "decide how systems and people of an organisation get in",
            "bepalen hoe systemen en mensen van een organisatie binnenkomen",
        ],
    ),
];

/// All scopes, as a claim.
pub fn all_scopes() -> String {
    SCOPES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// Whether there is a scope of this name.
pub fn is_scope(name: &str) -> bool {
    SCOPES.iter().any(|(known, _)| *known == name)
}
