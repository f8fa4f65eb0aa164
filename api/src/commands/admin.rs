//! `klusnet admin create`.

use std::io::{BufRead as _, IsTerminal as _};
use std::sync::Arc;

use domain::SystemClock;
use domain::parties::persons::PersonName;

use super::{Failure, NewAdmin, say};
use crate::app::App;
use crate::bootstrap;
use crate::settings::Settings;

/// Makes an administrator of the platform.
pub(super) fn create(settings: Settings, new: NewAdmin) -> Result<(), Failure> {
    let NewAdmin { email, given_name, infix, family_name } = new;
    let (given, family) = (given_name.trim().to_owned(), family_name.trim().to_owned());
    if given.is_empty() || family.is_empty() {
        return Err("--given-name and --family-name must hold a name".into());
    }
    if !is_address(email.trim()) {
        return Err(format!("--email must be an e-mail address, but is {email:?}").into());
    }
    let infix = infix.map(|infix| infix.trim().to_owned()).filter(|infix| !infix.is_empty());
    let password = password()?;
    let app = App::open(settings, Arc::new(SystemClock))?;
    let name = PersonName { given, infix, family };
    let id = bootstrap::create_platform_administrator(&app, &name, &email, &password)?;
    say(&format!("{} administers the platform now, as person {id}", email.trim().to_lowercase()))?;
    Ok(())
}

fn is_address(email: &str) -> bool {
    let parts = email.split_once('@');
    parts.is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
    })
}

/// The first line of standard input; asked for twice, unseen, when a person sits there.
fn password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ")?;
        let again = rpassword::prompt_password("The same again: ")?;
        return if password == again { Ok(password) } else { Err("the two passwords differ".into()) };
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() { Err("standard input must hold the password".into()) } else { Ok(password.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert!(is_address("beheer@klusnet.example"));
        for text in ["", "beheer", "@klusnet.example", "beheer@klusnet", "a b@c.nl", "a@b@c.nl"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
