//! What is open and ready in the followed paths, and what they need of others: what a front end offers
//! where no item is named.

use std::collections::HashMap;

use milepost_path::{Item, Node, Ref, Roadmap, sort};

use super::{App, Candidate, Result, aim};
use crate::model::counting;
use crate::model::guidance::{Guide, NextFilter};
use crate::model::learner::{Learner, RequirementCache};
use crate::model::standing::Status;

/// An item that can be taken up.
#[derive(Debug)]
pub struct Open {
    /// The item.
    pub item: Candidate,
    /// Whether it is in progress.
    pub is_begun: bool,
}

/// The open items that nothing holds back, without those of one status: what is in progress, then what
/// `next` asks and recommends, then the others in the order of the files. What stands in a topic of
/// which nothing is left, since it was finished or credited, comes at the end.
///
/// # Errors
/// The record cannot be read.
pub fn open(without: Option<Status>, app: &App) -> Result<Vec<Open>> {
    let standing = app.standing()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let mut readiness = RequirementCache::new(view);
    let mut open = Vec::new();
    let followed = app.followed(&standing);
    let next = next(&view, &followed, &aim::filter(None, &followed, &standing, app)?);
    let turns: HashMap<Ref, usize> =
        next.iter().enumerate().map(|(turn, item)| (item.reference(), turn)).collect();
    // What is next can be of a path that a followed one needs and that is not followed itself.
    let is_needed = |item: &Item<'_>| followed.iter().all(|path| path.id != item.roadmap.id);
    let needed = next.iter().copied().filter(is_needed);
    for item in needed.chain(followed.iter().flat_map(|path| path.items())) {
        let status = view.status(&item);
        if !status.is_open() || without == Some(status) || !readiness.is_ready(&Node::Item(item)) {
            continue;
        }
        let reference = item.reference();
        let is_over = item.topic.is_some_and(|topic| {
            counting::is_finished(&view, &Node::Topic(item.roadmap, item.stage, topic))
        });
        let turn = match (status, turns.get(&reference)) {
            (Status::Doing, _) => Turn::InProgress,
            (_, Some(turn)) => Turn::Next(*turn),
            _ if is_over => Turn::Over,
            _ => Turn::Open,
        };
        open.push((turn, Open::new(&item, status)));
    }
    sort::by_key(&mut open, |(turn, _)| *turn);
    Ok(open.into_iter().map(|(_, one)| one).collect())
}

/// When something is offered, the first first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    InProgress,
    /// It is asked for or recommended, at this place.
    Next(usize),
    Open,
    /// Nothing is left of its topic.
    Over,
}

/// What is asked for and recommended now, in this order.
fn next<'a>(view: &Learner<'a>, paths: &[&'a Roadmap], filter: &NextFilter<'a>) -> Vec<Item<'a>> {
    let guide = Guide::new(view, paths, filter);
    let proofs = guide.to_prove().into_iter().map(|proof| proof.item);
    // Where nothing is next, the files have the order.
    let advice = guide.next(usize::MAX, false).unwrap_or_default();
    let now = advice.into_iter().filter(|one| !one.is_later).map(|one| one.item);
    proofs.chain(now).collect()
}

impl Open {
    fn new(item: &Item<'_>, status: Status) -> Self {
        Self { item: Candidate::new(&Node::Item(*item)), is_begun: status == Status::Doing }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Home;
    use super::*;
    use crate::model::event::{Annotation, EventKind};

    const CRAFTS: &str = r#"format = 1
id = "crafts"
title = "Crafts"
[[stages]]
id = "first"
title = "First"
[[stages.topics]]
id = "wood"
title = "Wood"
hours = 4
skills = [{ id = "saw", title = "Sawing" }]
[[stages.topics.resources]]
id = "wood-book"
title = "The Book of Wood"
type = "book"
hours = 3
skills = ["saw"]
[[stages.topics]]
id = "wool"
title = "Wool"
hours = 4
skills = [{ id = "spin", title = "Spinning" }, { id = "dye", title = "Dyeing" }]
[[stages.topics.resources]]
id = "dye-book"
title = "The Book of Dyes"
type = "book"
hours = 1
skills = ["dye"]
[[stages.topics.resources]]
id = "wool-book"
title = "The Book of Wool"
type = "book"
hours = 3
skills = ["spin"]
"#;

    #[test]
    fn what_is_next_is_offered_though_its_path_is_not_followed() {
        let crafts =
            CRAFTS.replace("hours = 4\nskills", "hours = 4\nrequires = [\"base/x\"]\nskills");
        let base = CRAFTS.replace("\"crafts\"", "\"base\"").replace("\"saw\"", "\"x\"");
        let home = Home::with(&[("base.toml", &base), ("crafts.toml", &crafts)]);
        home.follow(&["crafts"]);
        let open = open(None, &home.app()).unwrap();
        let offered: Vec<&str> = open.iter().map(|one| one.item.reference.as_str()).collect();
        assert_eq!(offered, ["base/wood-book"], "all of its own path waits for it");
    }

    #[test]
    fn what_is_recommended_comes_first_and_what_is_credited_last() {
        let home = Home::with(&[("crafts.toml", CRAFTS)]);
        home.follow(&["crafts"]);
        let offered = || {
            let open = open(None, &home.app()).unwrap();
            let ids = open.iter().map(|one| one.item.reference.as_str().replace("crafts/", ""));
            ids.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(offered(), "wood-book dye-book saw spin dye wool-book");
        let today = home.app().today();
        let marked = |status, known| EventKind::Marked {
            status,
            known,
            remark: Annotation::default(),
            item: None,
        };
        home.record([("crafts/saw", today, marked(Status::Done, true))]);
        assert_eq!(offered(), "dye-book spin dye wool-book wood-book");
        home.record([("crafts/wool-book", today, marked(Status::Doing, false))]);
        assert_eq!(offered(), "wool-book spin dye dye-book wood-book");
    }
}
