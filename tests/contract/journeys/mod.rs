//! Whole stories, in the order in which a client lives them.

mod onboarding;
mod publishing;
