//! Whole stories, in the order in which people live them. They read as documentation.

mod from_klus_to_acceptance;
mod onboarding;
mod publishing;
