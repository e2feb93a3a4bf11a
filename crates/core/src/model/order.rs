//! The order of the log: a function of the set of its events, whatever brought them and when.
//!
//! Each event has a [`Key`], and the log is sorted by it. The id of an event is a UUIDv7 used as a
//! hybrid logical clock: 48 bits of milliseconds, a counter of 42 bits, and 32 random bits. A new id
//! comes after every key of the log that it is written to, so whatever a device had seen stands
//! before what it did. The clock of a device only moves the milliseconds forward: one that is years
//! ahead costs nothing but a counter.
//!
//! Events from before that have ids that order nothing. They carry a label of the same form: the
//! latest time so far in the log that they stood in, and a counter. Two logs might have labelled one
//! event in two ways; then the smaller label holds. The smaller of two labels keeps every order that
//! both logs had.

use uuid::Uuid;

/// The last millisecond that a key can have. The last year of what 48 bits can say stays free: after
/// a key at the very end, no event could be recorded any more.
const LAST_MILLISECOND: u64 = (1 << 48) - 1 - 366 * 24 * 60 * 60 * 1000;

/// How many bits the counter has.
const COUNTER_BITS: u32 = 42;

/// Where an event stands among all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    /// Its label, else its id.
    place: Uuid,
    /// Two logs might have given one label to two events.
    id: Uuid,
}

impl Key {
    /// The key of an event with this id and label.
    pub(crate) fn of(id: Uuid, label: Option<Uuid>) -> Self {
        Self { place: label.unwrap_or(id), id }
    }

    /// Whether there is room for events after it.
    pub(crate) fn leaves_room(self) -> bool {
        milliseconds(self.place) <= LAST_MILLISECOND
    }
}

/// The id of a new event: after the newest key of its log, and not before the time, in milliseconds
/// since 1970. None where nothing can come after that key.
pub(crate) fn next_id(newest: Option<Key>, now: i64, random: u32) -> Option<Uuid> {
    after(newest.map(|key| key.place), now, random)
}

/// Labels the events of a log in its order.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    newest: Option<Uuid>,
}

impl Labels {
    /// The label of the next event, by when it was recorded. None where none is left.
    pub(crate) fn next(&mut self, at: i64) -> Option<Uuid> {
        self.newest = Some(after(self.newest, at, 0)?);
        self.newest
    }
}

/// Which of the labels that two logs gave an event holds.
pub(crate) fn smaller_label(one: Option<Uuid>, other: Option<Uuid>) -> Option<Uuid> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn after(newest: Option<Uuid>, now: i64, random: u32) -> Option<Uuid> {
    let now = u64::try_from(now).unwrap_or(0).min(LAST_MILLISECOND);
    let Some(newest) = newest.filter(|newest| milliseconds(*newest) >= now) else {
        return Some(pack(now, 0, random));
    };
    let (same, counter) = (milliseconds(newest), counter(newest) + 1);
    let next = pack(same, counter, random);
    if same <= LAST_MILLISECOND && counter >> COUNTER_BITS == 0 && next > newest {
        return Some(next);
    }
    // The counter is used up; or the key is of another kind than those that are made here.
    (same < LAST_MILLISECOND).then(|| pack(same + 1, 0, random))
}

/// The bits of a UUIDv7: the version and the variant stand within the counter.
fn pack(milliseconds: u64, counter: u64, random: u32) -> Uuid {
    let (high, low) = (counter >> 30, counter & ((1 << 30) - 1));
    Uuid::from_u64_pair(
        milliseconds << 16 | 0x7000 | high & 0xfff,
        0b10 << 62 | low << 32 | u64::from(random),
    )
}

fn milliseconds(key: Uuid) -> u64 {
    key.as_u64_pair().0 >> 16
}

fn counter(key: Uuid) -> u64 {
    let (high, low) = key.as_u64_pair();
    (high & 0xfff) << 30 | low >> 32 & ((1 << 30) - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RANDOM: u32 = 0xdead_beef;

    fn key(id: Uuid) -> Key {
        Key::of(id, None)
    }

    #[test]
    fn an_id_is_the_time_a_counter_and_chance() {
        let first = next_id(None, 0x0123_4567_89ab, RANDOM).unwrap();
        assert_eq!(first.to_string(), "01234567-89ab-7000-8000-0000deadbeef");
        assert_eq!(first.get_version_num(), 7);
        assert_eq!(first.get_variant(), uuid::Variant::RFC4122);
        let next = |newest: &str, now| {
            let newest = Uuid::parse_str(newest).unwrap();
            next_id(Some(key(newest)), now, RANDOM).map(|id| id.to_string())
        };
        for (newest, now, expected) in [
            // In the same millisecond, and where the clock was put back, the counter goes on.
            (
                "01234567-89ab-7000-8000-0000ffffffff",
                0x0123_4567_89ab,
                "01234567-89ab-7000-8000-0001deadbeef",
            ),
            ("01234567-89ab-7000-8000-0001deadbeef", 5, "01234567-89ab-7000-8000-0002deadbeef"),
            ("01234567-89ab-7000-8000-0001deadbeef", -5, "01234567-89ab-7000-8000-0002deadbeef"),
            // It is carried from one part of the id to the other.
            ("01234567-89ab-7000-bfff-ffff00000000", 5, "01234567-89ab-7001-8000-0000deadbeef"),
            // And then to the time.
            ("01234567-89ab-7fff-bfff-ffff00000000", 5, "01234567-89ac-7000-8000-0000deadbeef"),
            // A later clock begins anew.
            (
                "01234567-89ab-7fff-bfff-ffff00000000",
                0x0123_4567_89ac,
                "01234567-89ac-7000-8000-0000deadbeef",
            ),
            // Ids of other kinds.
            ("01234567-89ab-f000-8000-000000000000", 5, "01234567-89ac-7000-8000-0000deadbeef"),
            ("01234567-89ab-4000-8000-000000000000", 5, "01234567-89ab-7000-8000-0001deadbeef"),
        ] {
            assert_eq!(next(newest, now).as_deref(), Some(expected), "{newest} {now}");
        }
    }

    #[test]
    fn the_last_year_of_the_range_is_refused_and_never_written() {
        let last = next_id(None, i64::MAX, RANDOM).unwrap();
        assert!(key(last).leaves_room());
        let later = next_id(Some(key(last)), i64::MAX, RANDOM).unwrap();
        assert!(key(later).leaves_room() && later > last);
        assert!(!key(Uuid::max()).leaves_room());
        assert!(!Key::of(last, Some(Uuid::max())).leaves_room());
        assert!(Key::of(Uuid::max(), Some(last)).leaves_room());
        let end = pack(LAST_MILLISECOND, (1 << COUNTER_BITS) - 1, RANDOM);
        assert_eq!(next_id(Some(key(end)), 5, RANDOM), None);
        for beyond in [Uuid::max(), pack(LAST_MILLISECOND + 1, 0, 0)] {
            assert_eq!(next_id(Some(key(beyond)), 5, RANDOM), None);
        }
    }

    #[test]
    fn the_smaller_label_holds() {
        let [one, two] = [1, 2].map(Uuid::from_u128);
        for (a, b, expected) in [
            (None, None, None),
            (Some(two), None, Some(two)),
            (None, Some(two), Some(two)),
            (Some(two), Some(one), Some(one)),
            (Some(one), Some(two), Some(one)),
        ] {
            assert_eq!(smaller_label(a, b), expected);
        }
    }

    proptest! {
        #[test]
        fn an_id_comes_after_the_newest_key_and_not_before_the_time(
            newest in any::<u128>().prop_map(Uuid::from_u128),
            label in proptest::option::of(any::<u128>().prop_map(Uuid::from_u128)),
            now in any::<i64>(),
            random in any::<u32>(),
        ) {
            let newest = Key::of(newest, label);
            match next_id(Some(newest), now, random) {
                Some(id) => {
                    prop_assert!(key(id) > newest && key(id).leaves_room());
                    let now = u64::try_from(now).unwrap_or(0).min(LAST_MILLISECOND);
                    prop_assert!(milliseconds(id) >= now);
                }
                None => prop_assert!(milliseconds(newest.place) >= LAST_MILLISECOND),
            }
        }

        #[test]
        fn labels_rise_in_the_order_of_the_log(
            times in proptest::collection::vec(prop_oneof![0..20i64, any::<i64>()], 0..30),
        ) {
            let mut labels = Labels::default();
            let given: Vec<Uuid> = times.iter().map(|at| labels.next(*at).unwrap()).collect();
            prop_assert!(given.is_sorted_by(|one, other| one < other), "{:?}", given);
            prop_assert!(given.iter().all(|label| key(*label).leaves_room()));
            // Of the time that is the latest so far.
            let mut latest = 0;
            for (label, at) in given.iter().zip(&times) {
                latest = latest.max(u64::try_from(*at).unwrap_or(0).min(LAST_MILLISECOND));
                prop_assert_eq!(milliseconds(*label), latest);
            }
        }
    }
}
