//! Identity providers: where the people of an organisation sign in.

pub(crate) mod verify;
