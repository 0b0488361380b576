//! How big and how deep a pattern is by Go's count, which limits both.

use super::fault::Fault;

/// The deepest nesting Go accepts.
const MAX_HEIGHT: u32 = 1000;

/// The largest program Go accepts, in instructions: 128 MiB of 40 bytes each.
const MAX_SIZE: u64 = (128 << 20) / 40;

/// The largest product of nested repetitions Go accepts.
const MAX_REPEAT: u64 = 1000;

/// The measures of one part of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    shape: Shape,
    height: u32,
    /// Instructions in Go.
    size: u64,
    /// Instructions here, roughly.
    cost: u64,
    /// The largest product of nested counted repetitions.
    repeats: u64,
}

/// What Go merges with its neighbours of the same shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Literal,
    Sequence,
    Choice,
    Other,
}

impl Measure {
    /// A part that matches the empty text.
    pub(super) const EMPTY: Measure = Measure { shape: Shape::Other, height: 1, size: 1, cost: 1, repeats: 1 };

    /// One character.
    pub(super) const LITERAL: Measure = Measure { shape: Shape::Literal, cost: 4, ..Measure::EMPTY };

    /// A class that costs about so many instructions here.
    pub(super) fn class(cost: u64) -> Measure {
        Measure { cost, ..Measure::EMPTY }
    }

    /// What it costs to compile here, in instructions.
    pub(super) fn cost(self) -> u64 {
        self.cost
    }

    /// How deep it nests.
    pub(super) fn height(self) -> usize {
        self.height as usize
    }

    /// The part in a capturing group.
    pub(super) fn captured(self) -> Measure {
        Measure { shape: Shape::Other, height: self.height + 1, size: self.size + 2, cost: self.cost + 2, ..self }
    }

    /// The part repeated.
    pub(super) fn repeated(self, min: u32, max: Option<u32>) -> Measure {
        let times = |of: u64| match (u64::from(min), max.map(u64::from)) {
            (0, None) => of.saturating_add(2),
            (min, None) => of.saturating_mul(min).saturating_add(1),
            (min, Some(max)) => of.saturating_mul(max).saturating_add(max - min.min(max)).max(1),
        };
        let repeats = match max {
            Some(0) => 1,
            bound => self.repeats.saturating_mul(u64::from(bound.unwrap_or(min)).max(1)),
        };
        Measure { shape: Shape::Other, height: self.height + 1, size: times(self.size), cost: times(self.cost), repeats }
    }

    /// Whether a counted repetition is one that Go accepts.
    pub(super) fn repeats_fit(self) -> bool {
        self.repeats <= MAX_REPEAT
    }

    /// Refuses what Go refuses as too deep or too large.
    pub(super) fn check(self) -> Result<Measure, Fault> {
        if self.height > MAX_HEIGHT {
            Err(Fault::NestingDepth)
        } else if self.size > MAX_SIZE {
            Err(Fault::Large)
        } else {
            Ok(self)
        }
    }
}

/// Parts that follow each other, or of which one is taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series {
    shape: Shape,
    only: Measure,
    last: Shape,
    count: u32,
    height: u32,
    size: u64,
    cost: u64,
    repeats: u64,
}

impl Series {
    /// Parts that follow each other.
    pub(super) fn sequence() -> Series {
        Series::new(Shape::Sequence)
    }

    /// Parts of which one is taken.
    pub(super) fn choice() -> Series {
        Series::new(Shape::Choice)
    }

    fn new(shape: Shape) -> Series {
        Series { shape, only: Measure::EMPTY, last: Shape::Other, count: 0, height: 0, size: 0, cost: 0, repeats: 1 }
    }

    /// Adds a part.
    pub(super) fn push(&mut self, part: Measure) {
        let link = u64::from(self.shape == Shape::Choice && self.count > 0);
        // Go joins neighbouring characters to one part, and a series in a series of its kind to one series.
        let joins = self.shape == Shape::Sequence && part.shape == Shape::Literal && self.last == Shape::Literal;
        self.count = if joins { self.count } else { self.count.saturating_add(1) };
        self.height = self.height.max(if part.shape == self.shape { part.height - 1 } else { part.height });
        self.size = self.size.saturating_add(part.size + link);
        self.cost = self.cost.saturating_add(part.cost + link);
        self.repeats = self.repeats.max(part.repeats);
        self.last = part.shape;
        self.only = if joins { Measure { size: self.size, cost: self.cost, ..part } } else { part };
    }

    /// The measures of the whole.
    pub(super) fn finish(self) -> Measure {
        if self.count <= 1 {
            return self.only;
        }
        let Series { shape, size, cost, repeats, .. } = self;
        Measure { shape, height: self.height + 1, size, cost, repeats }
    }
}
