//! What is logged, and how: to standard error, as text or JSON. Lines name operations and ids, never what was sent.

use std::io::IsTerminal as _;

use tracing::level_filters::LevelFilter;

use crate::settings::Settings;

/// Starts logging; a second start changes nothing.
pub(super) fn start(settings: &Settings, level: LevelFilter) {
    let logs = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr);
    // It fails only when logging was started before.
    let _ = if settings.log_json {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}
