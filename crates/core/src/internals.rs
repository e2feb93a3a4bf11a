//! What the tests, the fuzzers and the benchmarks of this workspace look into. No promise is made for it.

#![allow(missing_docs)]

#[cfg(feature = "fixtures")]
pub use crate::model::fixture;

pub mod activity {
    pub use crate::model::activity::{Finished, activity, of_days};
}
pub mod catalog {
    pub mod index {
        pub use crate::catalog::index::decode_built_in;
    }
    pub mod reference {
        pub use crate::catalog::reference::{Lookup, look_up};
    }
    pub mod seen {
        pub use crate::catalog::seen::changed;
    }
}
pub mod counting {
    pub use crate::model::counting::goals;
}
pub mod effects {
    pub use crate::model::effects::thing_at;
}
pub mod effort {
    pub use crate::model::effort::{Effort, Session};
}
pub mod event {
    pub use crate::model::event::{Event, EventKind, NewEvent};
}
pub mod export {
    pub use crate::report::export::document::{document, retired};
    pub use crate::report::export::public::public;
}
pub mod fit {
    pub use crate::model::fit::{Voice, core, fit, suggestion};
}
pub mod forecast {
    pub use crate::model::forecast::forecast;
}
pub mod former {
    pub use crate::model::former::Former;
}
pub mod gap {
    pub use crate::model::gap::{Gap, gaps};
}
pub mod graph {
    use milepost_path::Roadmap;

    use super::learner::Learner;
    use crate::report::show::graph::{Graph, Language};

    pub fn of(roadmap: &Roadmap, view: &Learner<'_>, language: Language) -> Graph {
        Graph::of(roadmap, view, language)
    }
}
pub mod guidance {
    pub use crate::model::guidance::{Act, Advice, Goal, Guide, Lesson, NextFilter, Nothing, Step};
}
pub mod history {
    pub use crate::model::history::{Whose, redo_entries, to_redo, to_undo, undo_entries};
}
pub mod learner {
    pub use crate::model::learner::{Learner, progress_ref};
}
pub mod news {
    use milepost_path::Roadmap;

    use super::learner::Learner;
    use crate::report::news::News;

    pub fn of(before: &Roadmap, now: &Roadmap, view: &Learner<'_>) -> News {
        News::of(before, now, view)
    }
}
pub mod pace {
    pub use crate::model::pace::{Finish, History, Kind, Unit, Work};
}
pub mod path_forecast {
    pub use crate::model::path_forecast::{PathForecast, outlook};
}
pub mod progress {
    pub use crate::model::progress::progress;
}
pub mod record {
    use uuid::Uuid;

    use crate::model::event::StoredEvent;
    use crate::report::record::Record;

    pub fn of(device: Uuid, events: Vec<StoredEvent>) -> Record {
        Record { device, machine: None, events }
    }

    pub fn parts(record: Record) -> (Uuid, Vec<StoredEvent>) {
        (record.device, record.events)
    }
}
pub mod retired {
    pub use crate::model::retired::retired;
}
pub mod search {
    pub use crate::model::search::{Places, search};
}
pub mod standing {
    pub use crate::model::standing::{Assessment, Following, Standing, SubjectState, fold};
}
pub mod store {
    pub use crate::store::machine::machine_name;
    pub use crate::store::merge::{Merged, check};
    pub use crate::store::{Reading, Store};
}
pub mod study_days {
    pub use crate::model::study_days::StudyDays;
}
pub mod sync {
    pub use crate::sync::exchange::{Options, Synced, sync};
    #[cfg(feature = "fixtures")]
    pub use crate::sync::fixture;
}
pub mod units {
    pub use crate::model::units::history;
}
