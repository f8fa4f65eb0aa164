//! The part a caller plays with regard to one thing.

crate::text_enum! {
    /// The part somebody plays with regard to one thing, as the transition tables name it (rol in een dossier).
    Part {
        Employee = "EMPLOYEE", "Employee", "Medewerker";
        Client = "CLIENT", "Client", "Opdrachtgever";
        HomeManager = "HOME_MANAGER", "Line manager at the home organisation", "Leidinggevende bij de moederorganisatie";
        MobilityAdviser = "MOBILITY_ADVISER", "Mobility adviser", "Mobiliteitsadviseur";
        OrganisationAdministrator = "ORGANISATION_ADMINISTRATOR", "Organisation administrator", "Organisatiebeheerder (P&O)";
        NetworkCoordinator = "NETWORK_COORDINATOR", "Network coordinator", "Kartrekker van een netwerk";
        Finance = "FINANCE", "Finance of the home organisation", "Financiën van de moederorganisatie";
        HostFinance = "HOST_FINANCE", "Finance of the host organisation", "Financiën van de inlener";
        Broker = "BROKER", "Broker", "Bemiddelaar";
        PlatformAdministrator = "PLATFORM_ADMINISTRATOR", "Platform administrator", "Platformbeheerder";
        Clock = "CLOCK", "The clock", "De klok";
        Service = "SERVICE", "The service itself", "De dienst zelf";
    }
}

/// The parts a caller plays at once.
pub type Parts = Vec<Part>;
