//! Runs a program without its output, and writes its peak memory in bytes to stderr. `peak PROGRAM
//! ARG...`. A small program does this, because a process's peak begins with that of its parent.

use std::process::{Command, Stdio};

use wait4::Wait4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1);
    let program = args.next().ok_or("peak PROGRAM ARG...")?;
    let mut command = Command::new(program);
    command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
    let used = command.spawn()?.wait4()?;
    if !used.status.success() {
        return Err(used.status.to_string().into());
    }
    eprintln!("{}", used.rusage.maxrss);
    Ok(())
}
