//! The work, and who answers.

mod assignments;
mod pledges;
