//! The golden files: what is written today is what was written before, byte by byte.

use std::path::PathBuf;

use interchange::invoice::{Profile, write};

use crate::{samples, setu};

/// Every golden file by name, as it is made today.
fn made() -> Vec<(String, Vec<u8>)> {
    let profiles = [("peppol", Profile::PeppolBis3), ("nlcius", Profile::Nlcius)];
    let invoices = samples::all().into_iter().flat_map(|(name, invoice)| {
        profiles.map(|(profile_name, profile)| {
            (format!("invoice-{name}-{profile_name}.xml"), write(&invoice, profile).unwrap())
        })
    });
    let statements = setu::invoices().map(|(name, invoice)| (name, invoice.to_json()));
    let documents = [("assignment", setu::assignment().to_json()), ("timecard", setu::timecard().to_json())];
    let setu = documents
        .into_iter()
        .chain(statements)
        .map(|(name, document)| (format!("setu-{name}.json"), format!("{document:#}\n").into_bytes()));
    invoices.chain(setu).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn the_golden_files_are_what_is_written_today() {
    for (name, bytes) in made() {
        let kept = std::fs::read(folder().join(&name)).unwrap_or_default();
        assert!(kept == bytes, "{name} differs; look, then: cargo test -p interchange -- --ignored write_the_golden");
    }
}

#[test]
fn no_golden_file_is_left_over() {
    let names: Vec<String> = made().into_iter().map(|(name, _)| name).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_ours = name.starts_with("invoice-") || name.starts_with("setu-");
        assert!(!is_ours || names.contains(&name), "{name} is made by nothing");
    }
}

#[test]
#[ignore = "writes the golden files instead of comparing them"]
fn write_the_golden_files() {
    for (name, bytes) in made() {
        std::fs::write(folder().join(name), bytes).unwrap();
    }
}
