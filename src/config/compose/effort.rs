//! What decoding costs, counted as go-yaml counts it, so that aliases and merge keys cannot multiply a small document.

/// How many entries merge keys may copy. The ratio of aliases stops a document long before, unless it nests mappings in merge keys.
const MAX_MERGED: usize = 4_000_000;

/// How many values a file may hold. One with 10,000 clients and as many access rules holds a twentieth of that.
const MAX_VALUES: usize = 5_000_000;

/// Steps of decoding.
pub(super) struct Effort {
    all: u32,
    values: usize,
    aliased: u32,
    merged: usize,
}

impl Effort {
    /// The document counts as well.
    pub(super) fn of_document() -> Effort {
        Effort { all: 1, values: 0, aliased: 0, merged: 0 }
    }

    /// Counts a value that is written; false when there are too many.
    pub(super) fn value(&mut self) -> bool {
        self.written(1);
        self.values += 1;
        self.values <= MAX_VALUES
    }

    /// Counts steps for what is written.
    pub(super) fn written(&mut self, steps: u32) {
        self.all = self.all.saturating_add(steps);
    }

    /// Counts steps for what an alias repeats.
    pub(super) fn aliased(&mut self, steps: u32) {
        self.written(steps);
        self.aliased = self.aliased.saturating_add(steps);
    }

    /// Counts an entry that a merge key copies; false when there are too many.
    pub(super) fn merge(&mut self) -> bool {
        self.merged += 1;
        self.merged <= MAX_MERGED
    }

    /// go-yaml's limit: 99 % by aliases in a small document, falling to 10 % in one of four million steps.
    pub(super) fn is_excessive(&self) -> bool {
        let (all, aliased) = (f64::from(self.all), f64::from(self.aliased));
        let allowed = (0.99 - 0.89 * (all - 400_000.0) / 3_600_000.0).clamp(0.10, 0.99);
        self.aliased > 100 && self.all > 1_000 && aliased / all > allowed
    }
}
