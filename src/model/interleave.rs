//! One log of two: in which order the events of another log come to stand among one's own.
//!
//! The order of a log is its own, not that of the clock, which may have been wrong: so both orders
//! stay as they are, and what both logs have ties them together. Only where neither says what came
//! first does the time decide. Whichever of two logs takes up the other, the order is the same.

use uuid::Uuid;

/// When an event came, for events that no log orders: in milliseconds, and for the same
/// millisecond by the command, whose events stay together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The instant, in milliseconds since 1970.
    pub at: i64,
    /// The command that the event belongs to.
    pub command: Uuid,
}

/// An event of the other log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theirs {
    /// One's own log has it as well, at this place, counted from 0.
    Shared(usize),
    /// One's own log has it not.
    New(Moment),
}

/// An event of the one log that both become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The event at this place of one's own log.
    Own(usize),
    /// The event at this place of the other.
    Other(usize),
}

/// The order of both: every event of one's own, and every new one of theirs, once.
pub fn interleave(own: &[Moment], theirs: &[Theirs]) -> Vec<Place> {
    let own_moments: Vec<Moment> = never_earlier(own.iter().copied()).collect();
    let mut order = Vec::with_capacity(own.len() + theirs.len());
    // What of one's own is in its place already.
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
                // Where the two logs have in another order what both have, one's own stays.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(at: i64, command: u128) -> Moment {
        Moment { at, command: Uuid::from_u128(command) }
    }

    fn new(at: i64) -> Theirs {
        Theirs::New(moment(at, 7))
    }

    /// The order as text: `o` and `t` with the place in its log.
    fn shown(own: &[i64], theirs: &[Theirs]) -> String {
        let own: Vec<Moment> = own.iter().map(|at| moment(*at, 5)).collect();
        let places = interleave(&own, theirs).into_iter().map(|place| match place {
            Place::Own(at) => format!("o{at}"),
            Place::Other(at) => format!("t{at}"),
        });
        places.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_logs_order_first_and_then_the_time() {
        use Theirs::Shared;
        for (own, theirs, expected) in [
            (&[][..], &[][..], ""),
            (&[1, 2], &[], "o0 o1"),
            (&[], &[new(2), new(1)], "t0 t1"),
            (&[1, 3], &[new(2), new(4)], "o0 t0 o1 t1"),
            // In the same millisecond the command decides, on both sides alike.
            (&[1], &[new(1)], "o0 t0"),
            // A clock that was put back orders nothing anew.
            (&[5, 1, 6], &[new(2)], "t0 o0 o1 o2"),
            (&[2, 5], &[new(4), new(1)], "o0 t0 t1 o1"),
            // What both have ties them together, whatever the clocks said.
            (&[1, 2, 3], &[Shared(0), Shared(1), Shared(2), new(0)], "o0 o1 o2 t3"),
            (&[9, 9], &[new(1), Shared(0), new(2), Shared(1)], "t0 o0 t2 o1"),
            (&[1, 2], &[new(8), Shared(0), new(3)], "t0 o0 o1 t2"),
            // In another order on the other side: one's own stays.
            (&[1, 2], &[Shared(1), new(3), Shared(0), new(4)], "o0 o1 t1 t3"),
            (&[1], &[Shared(7), new(2)], "o0 t1"),
        ] {
            assert_eq!(shown(own, theirs), expected, "{own:?} {theirs:?}");
        }
    }

    /// Two logs that have something in common: for each event which of them has it, and its time.
    fn two_logs() -> impl Strategy<Value = Vec<(bool, bool, i64)>> {
        let event = (0..3u8, 0..20i64).prop_map(|(who, at)| (who != 1, who != 0, at));
        proptest::collection::vec(event, 0..24)
    }

    /// The second log as the first one sees it.
    fn seen(own: &[usize], other: &[usize], moments: &[Moment]) -> Vec<Theirs> {
        let see = |event: &usize| match own.iter().position(|one| one == event) {
            Some(place) => Theirs::Shared(place),
            None => Theirs::New(moments[*event]),
        };
        other.iter().map(see).collect()
    }

    proptest! {
        #[test]
        fn both_orders_stay_and_it_is_the_same_from_both_sides(events in two_logs()) {
            let moments: Vec<Moment> = events
                .iter()
                .enumerate()
                .map(|(at, event)| moment(event.2, at as u128))
                .collect();
            let has = |which: fn(&(bool, bool, i64)) -> bool| -> Vec<usize> {
                (0..events.len()).filter(|at| which(&events[*at])).collect()
            };
            let (left, right) = (has(|one| one.0), has(|one| one.1));
            let join = |own: &[usize], other: &[usize]| -> Vec<usize> {
                let of_own: Vec<Moment> = own.iter().map(|event| moments[*event]).collect();
                let places = interleave(&of_own, &seen(own, other, &moments));
                places
                    .into_iter()
                    .map(|place| match place {
                        Place::Own(at) => own[at],
                        Place::Other(at) => other[at],
                    })
                    .collect()
            };
            let joined = join(&left, &right);
            let mut sorted = joined.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..events.len()).collect::<Vec<_>>(), "each once");
            for log in [&left, &right] {
                let kept: Vec<usize> =
                    joined.iter().copied().filter(|event| log.contains(event)).collect();
                prop_assert_eq!(&kept, log);
            }
            prop_assert_eq!(&join(&right, &left), &joined);
            // Again changes nothing.
            prop_assert_eq!(&join(&joined, &right), &joined);
        }
    }
}
