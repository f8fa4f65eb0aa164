//! Password hashing (argon2id) on threads of its own, so that sign-ins never take the places of the database.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::SaltString;
use argon2::password_hash::rand_core::OsRng;
use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::oneshot;

use crate::problem::Problem;

const THREADS: usize = 2;

/// Hashes and checks passwords.
pub struct Passwords {
    jobs: Sender<Job>,
    nobody: String,
}

type Job = Box<dyn FnOnce() + Send>;

impl Passwords {
    /// Starts the threads.
    pub fn start() -> Result<Self, Problem> {
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..THREADS {
            let waiting = Arc::clone(&waiting);
            let run = move || {
                while let Some(job) = next(&waiting) {
                    job();
                }
            };
            let thread = std::thread::Builder::new().name(format!("password-{number}"));
            thread.spawn(run).map_err(|error| Problem::internal(&error))?;
        }
        Ok(Self { jobs, nobody: hash("nobody has this password")? })
    }

    /// The hash of a new password.
    pub async fn hash(&self, password: String) -> Result<String, Problem> {
        self.run(move || hash(&password)).await?
    }

    /// Whether the password fits. Without an account it takes as long as with one.
    pub async fn check(&self, password: String, stored: Option<String>) -> Result<bool, Problem> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        self.run(move || known & fits(&password, &stored)).await
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let (done, result) = oneshot::channel();
        let job = Box::new(move || {
            // Nobody waits any more when the client has gone.
            let _ = done.send(job());
        });
        self.jobs.send(job).map_err(|error| Problem::internal(&error))?;
        result.await.map_err(|error| Problem::internal(&error))
    }
}

fn next(waiting: &Mutex<Receiver<Job>>) -> Option<Job> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// The hash of a password, on the present thread: for commands.
pub fn hash(password: &str) -> Result<String, Problem> {
    let salt = SaltString::generate(&mut OsRng);
    let hash =
        Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|error| Problem::internal(&error))?;
    Ok(hash.to_string())
}

fn fits(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
