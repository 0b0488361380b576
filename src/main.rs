//! Hands the arguments and the process to the library and leaves with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut host = authkuma::host::Host::process();
    ExitCode::from(authkuma::run(std::env::args_os(), &mut host).status())
}
