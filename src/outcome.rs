//! What a run came to, and the one table of exit statuses.

/// How a run ended. The process, the manual pages and the README take their exit statuses from [`Outcome::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Done, and the answer is the one hoped for.
    Success,
    /// Done, and the answer is no: errors or warnings, a mismatch, a denial, a failed step, a silent server.
    Negative,
    /// The command line makes no sense.
    Usage,
    /// It could not be done: a file unreadable, a report not delivered. A server that a probe cannot reach is an answer.
    Failure,
    /// The run was a monitoring plugin's, which has statuses of its own.
    Plugin(Plugin),
}

/// How a monitoring plugin ends, by the statuses that Nagios and its heirs read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plugin {
    /// Everything is as wanted.
    Ok,
    /// What is watched works, and something else is wrong.
    Warning,
    /// What is watched does not work.
    Critical,
    /// It could not be found out.
    Unknown,
}

impl Outcome {
    /// Every outcome but a plugin's, in the order of its status.
    pub const ALL: [Outcome; 4] = [Outcome::Success, Outcome::Negative, Outcome::Usage, Outcome::Failure];

    /// The process's exit status.
    pub const fn status(self) -> u8 {
        match self {
            Outcome::Success => 0,
            Outcome::Negative => 1,
            Outcome::Usage => 2,
            Outcome::Failure => 3,
            Outcome::Plugin(plugin) => plugin as u8,
        }
    }

    /// One sentence for the manual.
    pub const fn meaning(self) -> &'static str {
        match self {
            Outcome::Success => "done, and nothing is wrong: notes at most, a match, allowed, every step as wanted",
            Outcome::Negative => {
                "done, and the answer is no: errors or warnings, a mismatch, denied, a step not as wanted or a server that does not answer"
            }
            Outcome::Usage => "the command line, or a digest given on it, makes no sense",
            Outcome::Failure => "it could not be done: a file unreadable, a report not delivered, no step that could be taken",
            Outcome::Plugin(Plugin::Ok) => "everything is as wanted",
            Outcome::Plugin(Plugin::Warning) => "the monitor passes, and something else is wrong",
            Outcome::Plugin(Plugin::Critical) => "the monitor does not pass",
            Outcome::Plugin(Plugin::Unknown) => "it could not be found out",
        }
    }

    /// Success when `good`, else the negative answer.
    pub const fn answer(good: bool) -> Outcome {
        if good { Outcome::Success } else { Outcome::Negative }
    }
}
