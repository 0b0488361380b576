//! What is said where a client has to be named.

use crate::bearer::Unchosen;
use crate::error::Failure;

/// The failure of a command whose client was not named and cannot be chosen.
pub(super) fn unnamed(unchosen: &Unchosen) -> Failure {
    Failure::usage(unchosen).hint(match unchosen {
        Unchosen::NoBearerClient => "make one with 'authkuma generate client', or name another with --client ID",
        Unchosen::Several(_) => "name the one that is meant with --client ID",
    })
}
