//! A record as what it is by its definition: events, sorted by their keys.

use uuid::Uuid;

use super::{Action, Chance, Old, Replica};
use crate::model::order::{Key, Labels, next_id, smaller_label};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    id: Uuid,
    device: Uuid,
    ord: Option<Uuid>,
}

impl Event {
    fn key(&self) -> Key {
        Key::of(self.id, self.ord)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Model {
    device: Uuid,
    log: Vec<Event>,
}

fn labelled(old: &[Old]) -> Vec<Event> {
    let mut labels = Labels::default();
    let event = |old: &Old| Event { id: old.id, device: old.device, ord: labels.next(old.at) };
    old.iter().map(event).collect()
}

impl Replica for Model {
    type Event = Event;

    fn brought_up(device: Uuid, old: &[Old]) -> Self {
        Self { device, log: labelled(old) }
    }

    fn copy(&self) -> Self {
        self.clone()
    }

    fn run(&mut self, now: i64, action: Action, chance: &mut Chance) -> Vec<Uuid> {
        let count = if let Action::Mark(count) = action { count } else { 1 };
        let mut written = Vec::new();
        for _ in 0..count {
            let newest = self.log.last().map(Event::key);
            let id = next_id(newest, now, chance.bits() as u32).unwrap();
            self.log.push(Event { id, device: self.device, ord: None });
            written.push(id);
        }
        written
    }

    fn events(&self) -> Vec<Event> {
        self.log.clone()
    }

    fn id(event: &Event) -> (Uuid, Uuid) {
        (event.id, event.device)
    }

    fn take_up(&mut self, events: Vec<Event>) {
        for event in events {
            match self.log.iter_mut().find(|own| own.id == event.id) {
                Some(own) => own.ord = smaller_label(own.ord, event.ord),
                None => self.log.push(event),
            }
        }
        self.log.sort_by_key(Event::key);
    }

    fn take_up_old(&mut self, old: &[Old]) {
        self.take_up(labelled(old));
    }

    fn agrees_with(&self, other: &Self) {
        assert_eq!(self.log, other.log);
    }
}
