//! Probing again and again, and telling an Uptime Kuma push monitor what came of it.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use super::network_options::NetworkOptions;
use crate::commands::secret_source::{Ask, SecretSource};
use crate::error::Failure;
use crate::go::duration::parse_duration;
use crate::host::Host;
use crate::probe::push::{PushError, push};
use crate::probe::result::ProbeResult;
use crate::probe::transcript::FaultKind;
use crate::report::probe::Report;

/// The options about what comes after an answer.
#[derive(clap::Args, Debug)]
pub(super) struct Repeat {
    /// Tell an Uptime Kuma push monitor what came of it; the file holds the push URL, which is a secret, on its first line
    #[arg(long, value_name = "FILE")]
    pub(super) push_url_file: Option<PathBuf>,
    /// Probe again after this time, such as 5m, until stopped
    #[arg(long, value_name = "INTERVAL", value_parser = interval)]
    pub(super) watch: Option<Duration>,
}

impl Repeat {
    /// Tells the push monitor, if there is one: down when any target is down or nothing is proven of it.
    pub(super) fn push(&self, results: &[ProbeResult], network: &NetworkOptions, host: &mut Host<'_>) -> Result<(), Failure> {
        let Some(path) = &self.push_url_file else { return Ok(()) };
        let source = SecretSource { secret_file: Some(path.clone()), secret_command: None };
        let url = source.read(Ask::Once, host)?;
        let is_up = results.iter().all(ProbeResult::passes);
        let message = Report { results, target: "" }.summary();
        let slowest = results.iter().flat_map(|result| &result.steps).filter_map(|step| step.milliseconds).fold(0.0, f64::max);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let pushed = runtime.block_on(push(&network.network()?, &url, is_up, &message, slowest, network.time_limit()));
        runtime.shutdown_background();
        pushed.map_err(|error| {
            let hint = match &error {
                PushError::Unanswered(fault) if fault.kind == FaultKind::PlainHttp => {
                    "write https:// in the push URL, or let plain http out with --insecure-http".to_owned()
                }
                _ => format!("{} must hold the Push URL that the monitor's form shows", path.display()),
            };
            Failure::new(error).hint(hint)
        })
    }

    /// Waits for the next time, and clears a terminal for it. Whether there is a next time.
    pub(super) fn wait(&self, host: &mut Host<'_>) -> Result<bool, Failure> {
        let Some(interval) = self.watch else { return Ok(false) };
        host.stdout.flush()?;
        std::thread::sleep(interval);
        if host.stdout_is_terminal {
            write!(host.stdout, "\x1b[2J\x1b[H")?;
        }
        Ok(true)
    }
}

/// The shortest time between two probes: the server gives few tokens to those who ask too often.
const SHORTEST: Duration = Duration::from_secs(10);

fn interval(text: &str) -> Result<Duration, String> {
    let nanoseconds = parse_duration(text).map_err(|error| error.to_string())?;
    let interval = Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or_default());
    if interval < SHORTEST { Err(format!("give at least {} s", SHORTEST.as_secs())) } else { Ok(interval) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_written_as_the_server_writes_durations() {
        assert_eq!(interval("5m"), Ok(Duration::from_mins(5)));
        assert_eq!(interval("30"), Ok(Duration::from_secs(30)));
        for text in ["", "1s", "soon", "-5m x"] {
            assert!(interval(text).is_err(), "{text}");
        }
    }
}
