//! How one rule meets one request, criterion by criterion.

/// One criterion of a rule against one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Criterion {
    /// The rule does not have it, which matches everything.
    Absent,
    /// It matches.
    Hit,
    /// It would match somebody: an anonymous visitor is sent to log in.
    Potential,
    /// It depends on the address, which is not known.
    Unknown,
    /// It does not match.
    Miss,
}

impl Criterion {
    /// Whether the rule goes on to the next criterion.
    pub fn passes(self) -> bool {
        matches!(self, Criterion::Absent | Criterion::Hit | Criterion::Potential)
    }

    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Criterion::Absent => "absent",
            Criterion::Hit => "hit",
            Criterion::Potential => "potential",
            Criterion::Unknown => "unknown",
            Criterion::Miss => "miss",
        }
    }

    pub(super) fn hit(matches: bool) -> Criterion {
        if matches { Criterion::Hit } else { Criterion::Miss }
    }
}

/// Every criterion of one rule against one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleCheck {
    /// Position of the rule, from 0.
    pub index: usize,
    /// `domain` and `domain_regex`
    pub domain: Criterion,
    /// `resources`
    pub resources: Criterion,
    /// `query`
    pub query: Criterion,
    /// `methods`
    pub methods: Criterion,
    /// `networks`
    pub networks: Criterion,
    /// `subject`
    pub subject: Criterion,
}

impl RuleCheck {
    /// The criteria with the options that they come from, in the server's order.
    pub fn criteria(&self) -> [(&'static str, Criterion); 6] {
        [
            ("domain", self.domain),
            ("resources", self.resources),
            ("query", self.query),
            ("methods", self.methods),
            ("networks", self.networks),
            ("subject", self.subject),
        ]
    }

    /// Whether the rule decides, unless an earlier one does.
    pub fn matches(&self) -> bool {
        self.criteria().iter().all(|(_, criterion)| criterion.passes())
    }

    /// Whether only the unknown address stands between the rule and a match.
    pub fn depends_on_address(&self) -> bool {
        let others = self.criteria().iter().all(|(_, criterion)| criterion.passes() || *criterion == Criterion::Unknown);
        others && self.networks == Criterion::Unknown
    }

    /// The option that keeps the rule from matching, when exactly one does.
    pub fn only_miss(&self) -> Option<&'static str> {
        let criteria = self.criteria();
        let mut missed = criteria.iter().filter(|(_, criterion)| !criterion.passes());
        let first = missed.next()?;
        if missed.next().is_none() { Some(first.0) } else { None }
    }
}
