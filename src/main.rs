//! The program: hands the arguments and the real input and output to [`milepost::run`].

use std::process::ExitCode;

fn main() -> ExitCode {
    milepost::run(std::env::args_os(), &mut milepost::Io::real())
}
