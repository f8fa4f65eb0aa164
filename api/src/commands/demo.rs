//! `klusnet demo`.

use std::path::PathBuf;
use std::sync::Arc;

use domain::SystemClock;
use tracing::level_filters::LevelFilter;

use super::{Failure, logs, say, serve};
use crate::demo;
use crate::service::Service;
use crate::settings::Settings;

/// Fills the demonstration database, tells how to begin, and serves until a signal comes.
pub(super) fn run(settings: Settings, file: Option<PathBuf>) -> Result<(), Failure> {
    logs::start(&settings, LevelFilter::WARN);
    say(&format!("Demonstration in {}", settings.database_name()))?;
    actix_web::rt::System::new().block_on(async move {
        let service = Service::start(settings, Arc::new(SystemClock))?;
        demo::fill(&service.app, &|step| {
            // Whoever started it may have closed standard output; it is filled all the same.
            let _ = say(&format!("  {step}"));
        })
        .await?;
        let base = format!("http://{}/v1", service.address);
        let credentials = demo::credentials(&service.app, &base)?;
        say(&format!("Documentation: http://{}/docs/", service.address))?;
        if let Some(file) = file {
            credentials.write(&file)?;
            say(&format!("Accounts and tokens: {}", file.display()))?;
        }
        let token = credentials.token_of("EMPLOYEE").unwrap_or_default();
        say("Open klussen, as an employee sees them (the token is good for a day):")?;
        say(&format!("  curl -s '{base}/assignments?limit=3' -H 'Authorization: Bearer {token}'"))?;
        serve::until_stopped(service).await?;
        Ok(())
    })
}
