use super::super::Store;
use super::super::tests::{Record, marked, noted, stamp};
use super::*;
use crate::model::standing::Status;

/// A record with so many items in progress, of which the second was done.
fn with_items(count: usize) -> Record {
    let record = Record::new();
    let entries: Vec<_> = (0..count).map(|n| marked(&format!("p/i{n}"), Status::Doing)).collect();
    record.append(&entries);
    record.append(&[marked("p/i1", Status::Done), noted("p/t", "said")]);
    record
}

#[test]
fn what_is_asked_for_is_what_the_whole_has() {
    let record = with_items(2 * MOST_LOOKUPS);
    let mut store = record.open();
    let reading = store.read().unwrap();
    let all = reading.standing().unwrap();
    for asked in [3, MOST_LOOKUPS - 1, 2 * MOST_LOOKUPS] {
        let ask = |states: &dyn States| {
            let first = states.item("p", "i1").unwrap();
            for id in (0..asked).map(|n| format!("i{n}")) {
                assert_eq!(states.item("p", &id), all.item("p", &id), "{id} of {asked}");
            }
            assert_eq!(states.item("p", "never"), None);
            assert_eq!(states.item("q", "i1"), None);
            assert_eq!(states.item_at(&Ref::from_text("p/t")), all.item("p", "t"));
            // It stays where it was, whatever was read since.
            assert!(std::ptr::eq(first, states.item("p", "i1").unwrap()));
        };
        reading.ask(ask).unwrap();
    }
    assert_eq!(reading.ask(|states| states.all().clone()).unwrap(), all);
}

/// Each of them is looked up once, and from some number on nothing is looked up by itself.
#[test]
fn nothing_is_looked_up_twice() {
    let record = with_items(2 * MOST_LOOKUPS);
    let mut store = record.open();
    let reading = store.read().unwrap();
    let lazy = Lazy::new(&reading);
    let ids = || (0..2 * MOST_LOOKUPS).map(|n| format!("i{n}"));
    for _ in 0..3 {
        ids().take(10).for_each(|id| assert!(lazy.item("p", &id).is_some()));
        assert!(lazy.item("p", "never").is_none());
        assert_eq!((lazy.lookups.get(), lazy.all.get().is_some()), (11, false));
    }
    ids().for_each(|id| assert!(lazy.item("p", &id).is_some()));
    assert_eq!((lazy.lookups.get(), lazy.all.get().is_some()), (MOST_LOOKUPS, true));
}

#[test]
fn an_error_outlives_all_that_is_asked_after_it() {
    let record = Record::with_history();
    let set = "UPDATE standing SET since = 'someday' WHERE subject = 'a/y'";
    record.unguarded().execute(set, []).unwrap();
    let mut store: Store = record.open();
    let writing = store.write(stamp()).unwrap();
    let is_begun = |states: &dyn States, id: &str| {
        states.item("a", id).is_some_and(|state| state.status == Status::Doing)
    };
    let reading = writing.reading();
    // What is not asked for does no harm.
    assert!(reading.ask(|states| is_begun(states, "x")).unwrap());
    let asked = reading.ask(|states| (is_begun(states, "y"), is_begun(states, "x")));
    assert!(matches!(asked, Err(StoreError::Damaged(..))), "{asked:?}");
    let all = reading.ask(|states| states.all().items().len());
    assert!(matches!(all, Err(StoreError::Damaged(..))), "{all:?}");
}
