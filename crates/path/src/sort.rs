//! Sorting that is compiled once, for lists that are short or seldom sorted.
//!
//! The standard library's sort is compiled again for each type and each order, some five kilobytes
//! at a time; the orders of the reports alone were a twentieth of the program. Here places are
//! sorted, by code that all orders share, and the items are moved once.
//!
//! It takes somewhat longer than `slice::sort_by`, which stays where every command sorts many items.

use std::cmp::Ordering;

/// Sorts by an order; what it holds equal stays as it was.
pub fn by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    let places = sorted(items.len(), &mut |one, other| order(&items[one], &items[other]));
    arrange(places, &mut |one, other| items.swap(one, other));
}

/// Sorts by what is made of each item; what has the same key stays as it was.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// The places of items in their order.
fn sorted(items: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items).collect();
    places.sort_by(|one, other| order(*one, *other));
    places
}

/// Brings to each place the item that stood at the place given for it.
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_sort(
            keys in prop::collection::vec(0_u8..20, 0..200)
        ) {
            let items: Vec<(u8, usize)> =
                keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect();
            let (mut ours, mut standard) = (items.clone(), items);
            by_key(&mut ours, |one| one.0);
            standard.sort_by_key(|one| one.0);
            prop_assert_eq!(&ours, &standard);
            by(&mut ours, |one, other| other.cmp(one));
            standard.sort_by(|one, other| other.cmp(one));
            prop_assert_eq!(ours, standard);
        }
    }
}
