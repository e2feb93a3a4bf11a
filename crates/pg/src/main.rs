//! `milepost-pg`: milepost, with PostgreSQL as a remote.

use std::ffi::OsString;
use std::io::Write;

fn main() -> std::process::ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if let [_, only] = args.as_slice()
        && only == "--version"
    {
        // By this, `milepost` knows the program that goes on with its command line.
        let said = concat!("milepost-pg ", env!("CARGO_PKG_VERSION"), "\n");
        return match std::io::stdout().write_all(said.as_bytes()) {
            Ok(()) => std::process::ExitCode::SUCCESS,
            Err(_) => std::process::ExitCode::FAILURE,
        };
    }
    let mut io = milepost::Io { database: Some(milepost_pg::open), ..milepost::Io::real() };
    std::process::Termination::report(milepost::run(args, &mut io))
}
