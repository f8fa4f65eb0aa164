//! The work, and who answers.

pub(crate) mod assignments;
mod consent_requests;
mod conversations;
mod home_policies;
mod leavers;
mod lights;
mod matches;
mod matches_exactly;
mod offers;
mod pledges;
mod responders;
mod responses;
mod silence;
mod simultaneous;
mod unnoticed;
