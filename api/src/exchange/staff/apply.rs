//! Changes to the staff of one organisation, many at once: people and employments follow.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::exchange::staff::{EmploymentStep, Resolved, StaffDetails, StaffKey, StaffMember};
use domain::parties::employments::Employment;
use domain::parties::persons::{Person, PersonAction, PersonDetails};
use domain::{Change, EmploymentId, OrganisationId, Part, PersonId, StaffMemberId, UnitId, fold, local_date};
use persistence::exchange::staff as kept;
use persistence::parties::{employments, persons};
use persistence::{View, Work, ledger};

use super::announcing::{begun_anew, changed, known_again, registered};
use super::leaving::{come_back, leave};
use super::resolving::{self, Known, Managers};
use super::{keys, leaving};
use crate::problem::Problem;

/// What an HR system tells of one member of the staff.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "they stand in one list, and most of them are of the largest kind")]
pub(crate) enum StaffChange {
    /// Somebody of whom nothing was told before.
    Create(StaffDetails),
    /// The same, under an id that others refer to already.
    CreateAs(StaffMemberId, StaffDetails),
    /// Something else of somebody who is known.
    Update(StaffMember, StaffDetails),
    /// The system forgets them: they left, and may come again under the same keys.
    Remove(StaffMember),
}

impl StaffChange {
    pub(super) fn details(&self) -> Option<&StaffDetails> {
        match self {
            Self::Create(details) | Self::CreateAs(_, details) | Self::Update(_, details) => Some(details),
            Self::Remove(_) => None,
        }
    }

    /// What is told of somebody new, and the id they get if it was chosen beforehand.
    pub(super) fn new_details(&self) -> Option<(Option<StaffMemberId>, &StaffDetails)> {
        match self {
            Self::Create(details) => Some((None, details)),
            Self::CreateAs(id, details) => Some((Some(*id), details)),
            Self::Update(..) | Self::Remove(_) => None,
        }
    }
}

/// Makes the changes, all or none, and gives the staff members in the order of the changes; nothing for who was
/// removed. What changes nothing is not written.
pub(crate) fn apply(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    changes: Vec<StaffChange>,
) -> Result<Vec<Option<StaffMember>>, Problem> {
    for details in changes.iter().filter_map(StaffChange::details) {
        details.check()?;
    }
    let numbered = numbered(work, organisation, &changes)?;
    keys::check_all(work, organisation, &changes, &numbered)?;
    let mut batch = Batch::open(work, organisation, &changes, &numbered)?;
    let mut members: Vec<Option<StaffMember>> = changes.iter().map(|_| None).collect();
    for change in &changes {
        if let StaffChange::Remove(member) = change {
            batch.remove(work, member)?;
        }
    }
    for (change, place) in changes.iter().zip(&mut members) {
        if let StaffChange::Update(member, details) = change {
            *place = Some(batch.update(work, member, details)?);
        }
    }
    let mut created = batch.create(work, &changes)?.into_iter();
    for (change, place) in changes.iter().zip(&mut members) {
        if change.new_details().is_some() {
            *place = created.next();
        }
    }
    batch.finish(work)?;
    Ok(members)
}

/// The staff members that have an employee number which is told, of themselves or of their manager.
fn numbered(
    view: &mut View<'_>,
    organisation: OrganisationId,
    changes: &[StaffChange],
) -> Result<Vec<StaffMember>, Problem> {
    let told = changes.iter().filter_map(StaffChange::details);
    let numbers: BTreeSet<String> =
        told.flat_map(|details| details.employee_number.iter().chain(&details.manager)).cloned().collect();
    let numbers: Vec<String> = numbers.into_iter().collect();
    Ok(kept::by_key(view, organisation, StaffKey::EmployeeNumber, &numbers)?)
}

/// What is known while a number of changes is made.
struct Batch {
    organisation: OrganisationId,
    units: HashMap<String, UnitId>,
    managers: Managers,
    employments: HashMap<EmploymentId, Employment>,
    /// Those whose manager was not known before.
    waiting: Vec<StaffMember>,
    /// What others call those who are another person from now on.
    another: Vec<String>,
    announced: Vec<Change>,
}

impl Batch {
    fn open(
        work: &mut Work<'_>,
        organisation: OrganisationId,
        changes: &[StaffChange],
        numbered: &[StaffMember],
    ) -> Result<Self, Problem> {
        let departments = changes.iter().filter_map(StaffChange::details).filter_map(|one| one.department.as_deref());
        let units = resolving::units_of(work, organisation, departments)?;
        let told = changes.iter().filter_map(StaffChange::details);
        let references: Vec<&str> = told.filter_map(|one| one.manager.as_deref()).collect();
        let managers = Managers::load(work, organisation, &references, numbered)?;
        let of_known = changes.iter().filter_map(|change| match change {
            StaffChange::Create(_) | StaffChange::CreateAs(..) => None,
            StaffChange::Update(member, _) | StaffChange::Remove(member) => Some(member.employment),
        });
        let employments = employments::find_many(work, &of_known.collect::<Vec<_>>())?;
        let employments = employments.into_iter().map(|employment| (employment.id, employment)).collect();
        Ok(Self {
            organisation,
            units,
            managers,
            employments,
            waiting: Vec::new(),
            another: Vec::new(),
            announced: Vec::new(),
        })
    }

    fn unit(&self, details: &StaffDetails) -> Option<UnitId> {
        details.department.as_deref().and_then(|department| self.units.get(&fold(department))).copied()
    }

    /// The unit changes with the department: who was put in a group otherwise stays there.
    fn resolved(&self, before: Option<(&StaffDetails, &Employment)>, details: &StaffDetails) -> Resolved {
        let unit = match before {
            Some((told, employment)) if told.department == details.department => employment.terms.unit,
            _ => self.unit(details),
        };
        Resolved { unit, manager: self.managers.find(details.manager.as_deref()) }
    }

    fn remove(&mut self, work: &mut Work<'_>, member: &StaffMember) -> Result<(), Problem> {
        let gone = StaffDetails { active: false, ..member.details.clone() };
        let (today, now) = (local_date(work.now()), work.now());
        let member = member.clone().revise(gone, today, now)?;
        let member = self.follow(work, &member.details.clone(), member)?;
        if member.left_at.is_none() {
            leave(work, member.clone())?;
        }
        Ok(kept::delete(work, member.id)?)
    }

    fn update(
        &mut self,
        work: &mut Work<'_>,
        before: &StaffMember,
        details: &StaffDetails,
    ) -> Result<StaffMember, Problem> {
        if before.details == *details {
            return Ok(before.clone());
        }
        let (today, now) = (local_date(work.now()), work.now());
        let member = before.clone().revise(details.clone(), today, now)?;
        let member = self.follow(work, &before.details, member)?;
        self.rename(work, &before.details, &member)?;
        let member = match (self.is_over(work, &member), member.left_at) {
            (true, None) => leave(work, member)?,
            (false, Some(_)) => come_back(work, member)?,
            _ => member,
        };
        Ok(kept::save(work, member)?)
    }

    fn is_over(&self, work: &Work<'_>, member: &StaffMember) -> bool {
        let today = local_date(work.now());
        self.employments.get(&member.employment).is_some_and(|employment| employment.terms.is_over_on(today))
    }

    /// Lets the employment follow what is told.
    fn follow(
        &mut self,
        work: &mut Work<'_>,
        told: &StaffDetails,
        mut member: StaffMember,
    ) -> Result<StaffMember, Problem> {
        let before = match self.employments.get(&member.employment) {
            Some(employment) => employment.clone(),
            None => employments::get(work, member.employment)?,
        };
        let resolved = self.resolved(Some((told, &before)), &member.details);
        let today = local_date(work.now());
        let (mut terms, mut is_new) = match member.employment_step(&before, resolved, today) {
            EmploymentStep::Stay => return Ok(member),
            EmploymentStep::Revise(terms) => (terms, false),
            EmploymentStep::Begin(terms) => (terms, true),
        };
        let is_back = before.terms.is_over_on(today) && !terms.is_over_on(today);
        if is_back && resolving::has_gone_on(work, self.organisation, member.person)? {
            member.person = self.register(work, &member.details)?;
            (terms, is_new) = (member.terms(None, resolved, today), true);
            self.another.extend(resolving::references_to(&member));
            self.managers.add(&member);
        }
        let employment = if is_new {
            let begun = Employment::record(work.id(), member.person, self.organisation, terms, work.now())?;
            employments::insert(work, begun)?
        } else {
            employments::save(work, before.clone().revise(terms, work.now())?)?
        };
        member.employment = employment.id;
        leaving::follow_manager(work, &before, &employment)?;
        self.announced.push(changed(&employment));
        self.employments.insert(employment.id, employment);
        Ok(member)
    }

    /// Somebody else than whom the organisation knew: who works elsewhere by now, or owns the account, is not taken back
    /// by a feed. They say themselves that they are the same person.
    fn register(&mut self, work: &mut Work<'_>, details: &StaffDetails) -> Result<PersonId, Problem> {
        let email = match resolving::address_of(details) {
            Some(address) if persons::find_by_email(work, &address)?.is_none() => Some(address),
            _ => None,
        };
        let said = PersonDetails { name: details.name.clone(), email, language: details.language };
        let person = persons::insert(work, Person::register(work.id(), said, work.now()))?;
        self.announced.push(registered(&person, self.organisation));
        Ok(person.id)
    }

    /// While somebody works there the name follows what is told; so does the address to sign in with, unless it is the person's own or taken.
    fn rename(&mut self, work: &mut Work<'_>, told: &StaffDetails, member: &StaffMember) -> Result<(), Problem> {
        let details = &member.details;
        let came_back = member.left_at.is_some();
        let (renamed, moved) = (came_back || told.name != details.name, came_back || told.email != details.email);
        if self.is_over(work, member) || !renamed && !moved {
            return Ok(());
        }
        let person = persons::get(work, member.person)?;
        let mut said = person.details();
        if renamed {
            said.name = details.name.clone();
        }
        let follows =
            person.claimed_at.is_none() && (person.email.is_none() || person.email == resolving::address_of(told));
        if let Some(address) = resolving::address_of(details).filter(|_| moved && follows)
            && persons::find_by_email(work, &address)?.is_none()
        {
            said.email = Some(address);
        }
        if said == person.details() {
            return Ok(());
        }
        let person = persons::save(work, person.revise(said, work.now()))?;
        self.announced.push(known_again(&person, self.organisation));
        Ok(())
    }

    /// Makes people and employments of those who are new, with few statements.
    fn create(&mut self, work: &mut Work<'_>, changes: &[StaffChange]) -> Result<Vec<StaffMember>, Problem> {
        let (ids, told): (Vec<Option<StaffMemberId>>, Vec<&StaffDetails>) =
            changes.iter().filter_map(StaffChange::new_details).unzip();
        if told.is_empty() {
            return Ok(Vec::new());
        }
        let addresses: Vec<String> = told.iter().filter_map(|details| resolving::address_of(details)).collect();
        let by_address = persons::by_emails(work, &addresses)?;
        let known = resolving::known(work, self.organisation, &told, &by_address)?;
        let mut free = Addresses::but_for(&by_address, addresses);
        // Only an id that was chosen beforehand can have been told before.
        let chosen: Vec<String> = ids.iter().flatten().map(ToString::to_string).collect();
        let mut drafts: Vec<(StaffMember, Option<Known>)> = Vec::new();
        let mut people = Vec::new();
        for ((id, details), known) in ids.into_iter().zip(told).zip(known) {
            let member = begin(work, self.organisation, (id, details), known.as_ref());
            if known.is_none() {
                let address = free.take(details);
                let said = PersonDetails { name: details.name.clone(), email: address, language: details.language };
                let person = Person::register(member.person, said, work.now());
                people.push(match member.left_at {
                    Some(_) => person.step(PersonAction::Close, &[Part::Service], work.now())?,
                    None => person,
                });
            }
            self.managers.add(&member);
            drafts.push((member, known));
        }
        // Looked for now: afterwards those who come in together would be among them.
        let numbers = drafts.iter().filter_map(|(member, _)| member.details.employee_number.clone());
        let references: Vec<String> = numbers.chain(chosen).collect();
        self.waiting = kept::led_by(work, self.organisation, &references)?;
        persons::insert_many(work, &people)?;
        self.announced.extend(people.iter().map(|person| registered(person, self.organisation)));
        let mut begun = Vec::new();
        let mut members = Vec::new();
        for (member, known) in drafts {
            match known {
                Some(Known { person: _, employment }) => {
                    let was = StaffDetails { department: None, ..member.details.clone() };
                    self.employments.insert(employment.id, employment);
                    let member = self.follow(work, &was, member)?;
                    let is_over = self.is_over(work, &member);
                    members.push(if is_over { leave(work, member)? } else { member });
                }
                None => {
                    let resolved = self.resolved(None, &member.details);
                    let terms = member.terms(None, resolved, local_date(work.now()));
                    begun.push(Employment::record(
                        member.employment,
                        member.person,
                        self.organisation,
                        terms,
                        work.now(),
                    )?);
                    members.push(member);
                }
            }
        }
        employments::insert_many(work, &begun)?;
        self.announced.extend(begun.iter().map(begun_anew));
        self.employments.extend(begun.into_iter().map(|employment| (employment.id, employment)));
        kept::insert_many(work, &members)?;
        Ok(members)
    }

    /// Tells what changed; those who waited for a manager get to have one.
    fn finish(mut self, work: &mut Work<'_>) -> Result<(), Problem> {
        let another = std::mem::take(&mut self.another);
        self.waiting.extend(kept::led_by(work, self.organisation, &another)?);
        for waiting in std::mem::take(&mut self.waiting) {
            self.follow(work, &waiting.details.clone(), waiting)?;
        }
        Ok(ledger::record_many(work, self.announced)?)
    }
}

fn begin(
    work: &Work<'_>,
    organisation: OrganisationId,
    (id, details): (Option<StaffMemberId>, &StaffDetails),
    known: Option<&Known>,
) -> StaffMember {
    let (today, now) = (local_date(work.now()), work.now());
    let member = StaffMember {
        id: id.unwrap_or_else(|| work.id()),
        revision: 1,
        organisation,
        person: known.map_or_else(|| work.id(), |known| known.person.id),
        employment: known.map_or_else(|| work.id(), |known| known.employment.id),
        details: details.clone(),
        inactive_since: (!details.active).then_some(today),
        left_at: None,
        created_at: now,
        modified_at: now,
    };
    let is_over = !details.is_employed_on(today);
    // Whoever is told of after they left has nothing to lose any more.
    StaffMember { left_at: (is_over && known.is_none()).then_some(now), ..member }
}

/// The addresses that people may still sign in with.
struct Addresses(HashSet<String>);

impl Addresses {
    fn but_for(taken: &[Person], wanted: Vec<String>) -> Self {
        let taken: HashSet<&str> = taken.iter().filter_map(|person| person.email.as_deref()).collect();
        Self(wanted.into_iter().filter(|address| !taken.contains(address.as_str())).collect())
    }

    /// The address of somebody new, once.
    fn take(&mut self, details: &StaffDetails) -> Option<String> {
        self.0.take(&resolving::address_of(details)?)
    }
}
