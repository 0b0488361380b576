//! A folder that only this user can enter, gone when it is dropped and when a signal ends the process meanwhile.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use rand::TryRng as _;
use rand::rngs::SysRng;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The folder.
pub(super) struct PrivateFolder(PathBuf);

/// The folders that there are.
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// What of a folder's content may be made while it is taken away is taken away with the next attempt.
const ATTEMPTS: u32 = 100;

impl PrivateFolder {
    pub(super) fn make() -> io::Result<PrivateFolder> {
        static WATCH: OnceLock<()> = OnceLock::new();
        WATCH.get_or_init(watch_signals);
        let mut random = [0; 16];
        SysRng.try_fill_bytes(&mut random).map_err(io::Error::other)?;
        let path = std::env::temp_dir().join(format!("authkuma-{:032x}", u128::from_le_bytes(random)));
        let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        DirBuilder::new().mode(0o700).create(&path)?;
        folders.push(path.clone());
        Ok(PrivateFolder(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing more can be done about a folder that does not go.
        let _ = fs::remove_dir_all(&self.0);
        folders.retain(|folder| *folder != self.0);
    }
}

/// Signals that end a process which does not care for them, by their numbers.
const ENDING: [i32; 3] = [1, 2, 15];

/// Waits in a thread of its own for a signal that ends the process, and ends it without its folders. Where there can be no such thread the
/// signal ends the process as ever.
fn watch_signals() {
    let (ready, watched) = channel();
    if thread::Builder::new().name("signals".to_owned()).spawn(move || wait(&ready)).is_ok() {
        // A thread that gives up answers by hanging up.
        let _ = watched.recv();
    }
}

fn wait(ready: &Sender<()>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    runtime.block_on(async {
        let wanted = ENDING.into_iter().filter(|number| !is_ignored(*number));
        let mut signals: Vec<(i32, Signal)> =
            wanted.filter_map(|number| Some((number, signal(SignalKind::from_raw(number)).ok()?))).collect();
        let _ = ready.send(());
        let received = std::future::poll_fn(|context| {
            let came = |(number, signal): &mut (i32, Signal)| signal.poll_recv(context).is_ready().then_some(*number);
            signals.iter_mut().find_map(came).map_or(std::task::Poll::Pending, std::task::Poll::Ready)
        });
        leave(received.await);
    });
}

/// Whether a signal was to be ignored when the process began, as `nohup` wants it.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    mask.unwrap_or_default() >> (number - 1) & 1 == 1
}

#[expect(clippy::exit, reason = "the signal would have ended the process, wherever it is")]
fn leave(signal: i32) {
    // Held to the end, so that no further folder is made.
    let folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    for folder in &*folders {
        let _ = (0..ATTEMPTS).find(|_| fs::remove_dir_all(folder).is_ok() || !folder.exists());
    }
    process::exit(128 + signal)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_folder_is_private_and_goes_away() {
        let folder = PrivateFolder::make().unwrap();
        let path = folder.path().to_owned();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        assert!(FOLDERS.lock().unwrap().contains(&path));
        fs::write(path.join("a"), "").unwrap();
        drop(folder);
        assert!(!path.exists() && !FOLDERS.lock().unwrap().contains(&path));
    }
}
