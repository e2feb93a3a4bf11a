//! What takes its time as a whole, and what of it is worth something.

use super::amounts;

/// How much of a topic its finished resources can be worth while its skills are open.
const MOST_BY_READING: f64 = 0.9;

/// What takes its time as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A topic, studied and proven.
    Topic,
    /// A milestone.
    Milestone,
}

/// A topic or a milestone of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Which of the two.
    pub kind: Kind,
    /// The hours of the plan.
    pub hours: f64,
    /// Those of them that are ahead.
    pub left: f64,
    /// By how much these can be less and more, by what the path says.
    pub spare: [f64; 2],
    /// What the things that were finished by study are worth, in hours of the plan.
    pub worth: f64,
    /// The hours that were studied.
    pub logged: f64,
    /// The number of the day on which it was begun.
    pub begun: Option<i64>,
    /// That on which something of it was finished last.
    pub ended: Option<i64>,
}

impl Unit {
    /// What of a topic is worth something: what was proven, or what was read for it.
    pub fn worth(hours: f64, proven: f64, read: f64) -> f64 {
        proven.max(read.min(MOST_BY_READING * hours))
    }

    pub(super) fn is_open(&self) -> bool {
        self.left > amounts::HAIR
    }
}

/// What of a topic is worth something, thing by thing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Credit {
    /// The hours of the topic.
    pub hours: f64,
    /// The hours that it had when what is read for it was finished.
    of: f64,
    proven: f64,
    read: f64,
}

impl Credit {
    /// What it is worth.
    pub(crate) fn worth(self) -> f64 {
        Unit::worth(self.hours.max(self.of), self.proven, self.read)
    }

    /// Takes what was read of a topic, with the hours that this had then, if that was recorded. So it
    /// is worth what it was, whatever the path says today.
    pub(crate) fn grow_by_reading(&mut self, read: f64, of: Option<f64>) -> f64 {
        let Some(of) = of else { return self.grow(0.0, read) };
        let most = (MOST_BY_READING * of - self.read).max(0.0);
        self.of = self.of.max(of);
        self.grow(0.0, read.min(most))
    }

    /// Takes what was proven or read; gives by how much it is worth more.
    pub(crate) fn grow(&mut self, proven: f64, read: f64) -> f64 {
        let before = self.worth();
        self.proven += proven;
        self.read += read;
        self.worth() - before
    }
}

/// Hours of the plan that were done on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// The number of the day.
    pub on: i64,
    /// What they are of.
    pub kind: Kind,
    /// The hours.
    pub hours: f64,
}
