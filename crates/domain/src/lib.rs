//! What things are, and what may happen to them: no I/O, no HTTP, no SQL.
//!
//! The kernel (this level) holds what every wing needs: identifiers, refusals, closed lists, lifecycles, the
//! calendar. A wing is a folder of the same name in every crate; it may use the wings before it, never one after it.

mod calendar;
mod clock;
pub mod code;
mod event;
mod fold;
mod ids;
mod language;
mod lifecycle;
mod part;
mod refusal;
mod text_enum;
pub mod vocabulary;

pub mod parties;

pub use calendar::{Weekday, add_working_days, is_working_day, local_date, working_days_between};
pub use clock::{Clock, Moment, SetClock, SystemClock, truncate};
pub use code::{Code, codes_of};
pub use event::{Audience, Change, EventKind};
pub use fold::fold;
pub use ids::*;
pub use language::Language;
pub use lifecycle::{Legal, Lifecycle, LifecycleDescription, Transition, TransitionDescription};
pub use part::{Part, Parts};
pub use refusal::{Fault, Faults, Kind, Refusal};
pub use text_enum::{TextEnum, TextEnumDescription};
