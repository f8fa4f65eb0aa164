//! What decides whether a change lands.

use std::time::Instant;

use crate::commands::{Outcome, is_ci, program, root, run};
use crate::postgres::Cluster;
use crate::services::Demo;
use crate::{capabilities, commands, directions, services, shape, statuses};

/// Runs every step to its end and tells at the end which failed and which were skipped.
pub(crate) fn all() -> Outcome {
    let mut report = Report::default();
    report.step("format", || run(&mut program("cargo", &["fmt", "--all", "--check"])));
    report.step("lints", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "--deny", "warnings"];
        run(&mut program("cargo", &arguments))
    });
    report.step("crate directions", directions::check);
    report.step("shape", shape::check);
    report.tool("licences and sources", ".ci/deny", &[], "cargo-deny, by .ci/deny --install");
    report.step("tests", || tests(&[]));
    report.step("quality of search", quality);
    report.step("documented statuses", statuses::check);
    report.step("capabilities", capabilities::print);
    report.step("benchmark with hardly any data", national_in_small);
    report.tool("API design rules", ".ci/adr/lint", &["openapi.yaml"], "Node and npm ci --prefix .ci/node");
    let validator = ".ci/python/venv/bin/openapi-spec-validator";
    report.step("OpenAPI 3.0 copy made", commands::write_older_document);
    report.tool("OpenAPI", validator, &["openapi.yaml"], "Python 3.11 and .ci/python/ensure");
    let oauth = "api/src/exchange/oauth/document.yaml";
    report.tool("OpenAPI of OAuth", validator, &[oauth], "Python 3.11 and .ci/python/ensure");
    report.tool("OpenAPI of SCIM", validator, &["openapi-scim.yaml"], "Python 3.11 and .ci/python/ensure");
    report.tool("OpenAPI 3.0 copy", validator, &["target/openapi-3.0.json"], "Python 3.11 and .ci/python/ensure");
    let needs = "Python 3.11 and .ci/python/ensure, which installs saxonche and lxml";
    report.tool("invoices", ".ci/invoices/validate", &[], needs);
    report.with_demo();
    report.end()
}

/// Runs the tests, on PostgreSQL too where a server can be had.
pub(crate) fn tests(filter: &[&str]) -> Outcome {
    let cluster = Cluster::start()?;
    let _ = std::fs::remove_dir_all(root().join("target/statuses"));
    let mut command = program("cargo", &["test", "--workspace", "--locked", "--quiet", "--no-fail-fast", "--"]);
    command.args(filter);
    match &cluster {
        Some(cluster) => command.env("KLUSNET_TEST_POSTGRES", cluster.url()).env("KLUSNET_TEST_NEEDS_POSTGRES", "1"),
        None if is_ci() => return Err("CI tests on PostgreSQL too, and no server could be had".to_owned()),
        None => {
            println!("SKIPPED: PostgreSQL. Put its programs on PATH, or name a server as KLUSNET_TEST_POSTGRES.");
            command.env_remove("KLUSNET_TEST_POSTGRES")
        }
    };
    run(&mut command)
}

/// Prints how well judged questions find klussen, and which find less than a reader wants; fails where it is not enough. On
/// PostgreSQL too where a server can be had.
pub(crate) fn quality() -> Outcome {
    let cluster = Cluster::start()?;
    let arguments = ["test", "--locked", "--quiet", "--package", "persistence", "--test", "memory", "--"];
    let mut command = program("cargo", &arguments);
    command.args(["quality::", "--nocapture"]);
    if let Some(cluster) = &cluster {
        command.env("KLUSNET_TEST_POSTGRES", cluster.url());
    }
    run(&mut command)
}

/// Runs a benchmark as released, on PostgreSQL too where a server can be had.
pub(crate) fn bench(name: &str) -> Outcome {
    let cluster = Cluster::start()?;
    let mut command =
        program("cargo", &["bench", "--locked", "--quiet", "--package", "contract-tests", "--bench", name]);
    if let Some(cluster) = &cluster {
        command.env("KLUSNET_TEST_POSTGRES", cluster.url());
    }
    run(&mut command)
}

/// Runs the benchmark at national size as released, with these arguments.
pub(crate) fn national(arguments: &[&str]) -> Outcome {
    bench_at_size(&["--release"], arguments)
}

/// The same as it is built for the tests, with hardly any data: it must not rot.
fn national_in_small() -> Outcome {
    let arguments =
        ["--folder", "target/national-small", "--profiles", "300", "--rounds", "1", "--span", "150", "--clean"];
    bench_at_size(&[], &arguments)
}

fn bench_at_size(how: &[&str], arguments: &[&str]) -> Outcome {
    let cluster = Cluster::start()?;
    let mut command = program("cargo", &["run", "--locked", "--quiet", "--package", "bench"]);
    command.args(how).args(["--", "national"]).args(arguments);
    if let Some(cluster) = &cluster {
        command.env("KLUSNET_TEST_POSTGRES", cluster.url());
    }
    run(&mut command)
}

#[derive(Default)]
struct Report {
    failed: Vec<String>,
    skipped: Vec<String>,
}

impl Report {
    fn step(&mut self, name: &str, step: impl FnOnce() -> Outcome) {
        println!("== {name}");
        let began = Instant::now();
        let outcome = step();
        println!("== {name}: {} in {} s", if outcome.is_ok() { "well" } else { "FAILED" }, began.elapsed().as_secs());
        if let Err(message) = outcome {
            println!("{message}");
            self.failed.push(name.to_owned());
        }
    }

    /// A check by a foreign tool: skipped where the tool is missing, which CI does not accept.
    fn tool(&mut self, name: &str, path: &str, arguments: &[&str], needs: &str) {
        let is_there = match path {
            ".ci/deny" => has_cargo_deny(),
            ".ci/adr/lint" => root().join(".ci/node/node_modules/.bin/spectral").exists(),
            ".ci/invoices/validate" => root().join(".ci/python/venv/bin/schemathesis").exists(),
            other => root().join(other).exists(),
        };
        if is_there || is_ci() {
            self.step(name, || run(&mut program(&root().join(path).to_string_lossy(), arguments)));
        } else {
            println!("SKIPPED: {name}. It needs {needs}.");
            self.skipped.push(name.to_owned());
        }
    }

    /// The checks that ask a running service.
    fn with_demo(&mut self) {
        if !root().join(".ci/python/venv/bin/schemathesis").exists() && !is_ci() {
            println!("SKIPPED: Schemathesis and the generated clients. They need .ci/run's installations.");
            self.skipped.push("running service".to_owned());
            return;
        }
        let clients = [
            ("python", "generated client"),
            ("typescript", "generated client"),
            ("oauth", "client"),
            ("webhooks", "receiver and feed reader"),
        ];
        for (name, what) in clients {
            self.step(&format!("{what}: {name}"), || {
                let demo = Demo::start()?;
                let script = root().join(format!(".ci/clients/{name}"));
                run(&mut program(&script.to_string_lossy(), &[&demo.credentials()]))
            });
        }
        self.step("browser", || {
            let demo = Demo::start()?;
            let script = root().join(".ci/browser/run");
            run(&mut program(&script.to_string_lossy(), &[&demo.credentials()]))
        });
        self.step("webhooks survive", || {
            let script = root().join(".ci/clients/survival");
            run(&mut program(&script.to_string_lossy(), &[&services::built()?.to_string_lossy()]))
        });
        self.step("Schemathesis", || {
            let demo = Demo::start()?;
            let script = root().join(".ci/schemathesis/run");
            run(&mut program(&script.to_string_lossy(), &[&demo.url(), &demo.credentials()]))
        });
        self.scim();
    }

    /// The conformance tests for SCIM, on both databases.
    fn scim(&mut self) {
        let test = |demo: &Demo| {
            let script = root().join(".ci/scim/run");
            run(&mut program(&script.to_string_lossy(), &[&demo.url(), &demo.credentials()]))
        };
        self.step("SCIM on SQLite", || test(&Demo::start()?));
        self.step("SCIM on PostgreSQL", || match Cluster::fresh()? {
            Some(cluster) => test(&Demo::start_on(Some(&format!("{}/postgres", cluster.url())))?),
            None if is_ci() => Err("CI tests on PostgreSQL too, and no server could be had".to_owned()),
            None => {
                println!("SKIPPED: PostgreSQL. Put its programs on PATH.");
                Ok(())
            }
        });
    }

    fn end(self) -> Outcome {
        if !self.skipped.is_empty() {
            println!("skipped: {}", self.skipped.join(", "));
        }
        if self.failed.is_empty() {
            println!("all is well");
            return Ok(());
        }
        Err(format!("failed: {}", self.failed.join(", ")))
    }
}

fn has_cargo_deny() -> bool {
    let own = root().join("target/ci/bin/cargo-deny").exists();
    own || program("cargo", &["deny", "--version"]).output().is_ok_and(|output| output.status.success())
}
