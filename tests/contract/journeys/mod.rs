//! Whole stories, in the order in which people live them. They read as documentation.

mod from_acceptance_to_return;
mod from_klus_to_acceptance;
mod hr_file;
mod onboarding;
mod publishing;
