//! The binary `klusnet`: serves, and looks after what is kept.

use std::process::ExitCode;
use std::sync::Arc;

use api::service::Service;
use api::settings::Settings;
use domain::SystemClock;

fn main() -> ExitCode {
    match actix_web::rt::System::new().block_on(run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("klusnet: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::args().nth(1).as_deref() == Some("openapi") {
        print!("{}", api::document::yaml());
        return Ok(());
    }
    let settings = Settings::from_environment()?;
    let service = Service::start(settings, Arc::new(SystemClock))?;
    println!("http://{}/docs/", service.address);
    service.run().await?;
    Ok(())
}
