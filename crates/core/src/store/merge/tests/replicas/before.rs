//! How two logs became one before their order was a function of the set of their events: both orders
//! stayed, and between what both had the time decided. Whole logs came out the same by it, parts did
//! not. Records that were merged in this way exist.

use uuid::Uuid;

/// When an event came, for events that no log orders: in milliseconds, and for the same
/// millisecond by the command, whose events stay together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    /// The instant, in milliseconds since 1970.
    pub(super) at: i64,
    /// The command that the event belongs to.
    pub(super) command: Uuid,
}

/// An event of the other log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Theirs {
    /// One's own log has it as well, at this place, counted from 0.
    Shared(usize),
    /// One's own log has it not.
    New(Moment),
}

/// An event of the one log that both become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The event at this place of the record's own log.
    Own(usize),
    /// The event at this place of the other.
    Other(usize),
}

/// The order of both: every own event, and every new one of theirs, once.
pub(super) fn interleave(own: &[Moment], theirs: &[Theirs]) -> Vec<Place> {
    let own_moments: Vec<Moment> = never_earlier(own.iter().copied()).collect();
    let mut order = Vec::with_capacity(own.len() + theirs.len());
    // What of the own log is in its place already.
    let mut placed = 0;
    let mut waiting: Vec<(usize, Moment)> = Vec::new();
    let mut latest = None;
    for (at, one) in theirs.iter().enumerate() {
        match *one {
            Theirs::New(moment) => waiting.push((at, later(&mut latest, moment))),
            Theirs::Shared(place) => {
                if let Some(&moment) = own.get(place) {
                    later(&mut latest, moment);
                }
                // Where the two logs have in another order what both have, the own order stays.
                if placed <= place && place < own.len() {
                    merge(&own_moments, placed..place, &mut waiting, &mut order);
                    order.push(Place::Own(place));
                    placed = place + 1;
                }
            }
        }
    }
    merge(&own_moments, placed..own.len(), &mut waiting, &mut order);
    order
}

/// Puts two stretches that nothing ties together into one order.
fn merge(
    moments: &[Moment],
    own: std::ops::Range<usize>,
    waiting: &mut Vec<(usize, Moment)>,
    order: &mut Vec<Place>,
) {
    let mut theirs = waiting.drain(..).peekable();
    for place in own {
        let own = moments.get(place).copied();
        while let Some((at, _)) = theirs.next_if(|(_, moment)| Some(*moment) < own) {
            order.push(Place::Other(at));
        }
        order.push(Place::Own(place));
    }
    order.extend(theirs.map(|(at, _)| Place::Other(at)));
}

/// Where a clock was put back, what came after it does not count as earlier.
fn never_earlier(moments: impl Iterator<Item = Moment>) -> impl Iterator<Item = Moment> {
    let mut latest = None;
    moments.map(move |moment| later(&mut latest, moment))
}

fn later(latest: &mut Option<i64>, moment: Moment) -> Moment {
    let at = latest.map_or(moment.at, |latest: i64| latest.max(moment.at));
    *latest = Some(at);
    Moment { at, ..moment }
}
