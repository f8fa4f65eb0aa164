//! Who is there when the table of access is tried.

use std::cell::OnceCell;

use contract_tests::{ADMINISTRATOR, Client, Employee, Network, Organisation, Scope, Service, World};
use serde_json::json;

use super::Who;
use super::placed::Placed;

/// A home organisation, a host organisation, and one caller of each kind.
pub(super) struct Scene<'s> {
    pub(super) service: &'s Service,
    pub(super) world: World<'s>,
    pub(super) home: Organisation,
    pub(super) host: Organisation,
    pub(super) stranger: Employee,
    pub(super) manager: Employee,
    pub(super) employee: Employee,
    pub(super) client: Employee,
    pub(super) adviser: Employee,
    pub(super) finance: Employee,
    pub(super) host_finance: Employee,
    pub(super) network: Network,
    placed: OnceCell<Placed>,
}

impl<'s> Scene<'s> {
    pub(super) fn set(service: &'s Service) -> Self {
        let world = World::new(service);
        let home = world.organisation("Gemeente Oss");
        let host = world.organisation("Gemeente Uden");
        let elsewhere = world.organisation("Gemeente Breda");
        let manager = world.employee(&home, "Karel van Beek");
        let employee = world.employee_with(&home, "Sanne de Vries", &json!({"managerId": manager.id}));
        let adviser = world.employee(&home, "Ada Viseur");
        world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&home));
        let finance = world.employee(&home, "Frits Geld");
        world.give(&finance, "FINANCE", Scope::Organisation(&home));
        let host_finance = world.employee(&host, "Hanna Kas");
        world.give(&host_finance, "FINANCE", Scope::Organisation(&host));
        let network = world.network("Brabant", "BY_ORGANISATION");
        world.join(&network, &home);
        world.join(&network, &host);
        Self {
            service,
            stranger: world.employee(&elsewhere, "Willem Vreemd"),
            manager,
            employee,
            client: world.client_of(&host, "Olga Opdracht"),
            adviser,
            finance,
            host_finance,
            network,
            home,
            host,
            world,
            placed: OnceCell::new(),
        }
    }

    /// A client with a session of its own.
    pub(super) fn client(&self, who: Who) -> Client {
        let person = match who {
            Who::Nobody => return self.service.anonymous(),
            Who::Platform => return self.service.administrator(),
            Who::Stranger => &self.stranger,
            Who::Employee => &self.employee,
            Who::Manager => &self.manager,
            Who::Client => &self.client,
            Who::Adviser => &self.adviser,
            Who::Administrator => &self.home.administrator,
            Who::Coordinator => &self.network.coordinator,
            Who::Finance => &self.finance,
            Who::HostFinance => &self.host_finance,
        };
        self.service.client_of(&person.id)
    }

    /// The work of the employee at the host, as far as it was asked for.
    pub(super) fn placed(&self) -> &Placed {
        self.placed.get_or_init(Placed::default)
    }

    /// Somebody new at the home organisation.
    pub(super) fn colleague(&self) -> Employee {
        self.world.employee(&self.home, "Piet Peters")
    }

    /// A new network of the coordinator.
    pub(super) fn network(&self, admission: &str) -> Network {
        let draft = json!({"name": "Nieuw", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": admission});
        let id = self.world.platform.post("/networks", &draft).expect(201).id();
        let network = Network { id, coordinator: self.network.coordinator.clone() };
        self.world.give(&network.coordinator, "NETWORK_COORDINATOR", Scope::Network(&network));
        network
    }

    /// A membership of the home organisation in a new network of the coordinator.
    pub(super) fn membership(&self, admission: &str, by: &Employee) -> String {
        let network = self.network(admission);
        let path = format!("/networks/{}/memberships", network.id);
        by.client.post(&path, &json!({"organisationId": self.home.id})).expect(201).id()
    }

    /// A refresh token that was not used yet.
    pub(super) fn refresh_token(&self) -> String {
        let (email, password) = ADMINISTRATOR;
        let body = json!({"email": email, "password": password});
        self.service.anonymous().post("/sessions", &body).expect(201).text_at("/refreshToken").to_owned()
    }
}
