//! What holds whatever happens: rules held against many random courses of events, the same ones every time.

mod money;
mod random;
mod room;
mod walks;
