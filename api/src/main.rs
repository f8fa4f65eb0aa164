//! The binary `klusnet`.

fn main() -> std::process::ExitCode {
    api::commands::main()
}
