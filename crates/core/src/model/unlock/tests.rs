use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::event::Annotation;
use crate::model::fixture::{
    Choices, cases, day, histories, item, numbers, random_targets, sketch, viewed,
};
use crate::model::marking::{self, Mark};
use crate::model::standing::{ItemState, Standing, Status};
use crate::model::states::{After, States};

/// The paths of a shelf that mention one, by whatever id finds it.
fn mentioning<'a>(shelf: &'a Vec<Roadmap>, path: &str) -> Vec<&'a Roadmap> {
    let is = |id: &str| id == path || shelf.roadmap(id).is_some_and(|found| found.id == path);
    shelf.iter().filter(|one| one.id != path && one.mentions().into_iter().any(is)).collect()
}

proptest! {
    #![proptest_config(cases(512))]

    /// Whatever is looked at, it is as if all nodes of all paths were compared.
    #[test]
    fn newly_ready_compares_all_nodes((world, log) in histories(), numbers in numbers(20)) {
        let mut choices = Choices::new(&numbers);
        let status = choices.one_of(&[Status::Done, Status::Skipped, Status::Doing, Status::Todo]);
        let targets = random_targets(&world, &log.standing, &mut choices);
        let changed: Vec<Item<'_>> =
            targets.iter().map(|one| item(&world.shelf, one.named.as_str())).collect();
        let mark = Mark { status, known: false, on: None, remark: Annotation::default() };
        let entries = marking::mark(&mark, &targets).entries;
        let after = After::new(&log.standing, &entries, day(2, 1));
        let before = viewed(&world, &log.standing);
        let after = Learner { shelf: &world.shelf, standing: &after };
        let found = newly_ready(&before, &after, &changed, &|path| mentioning(&world.shelf, path));
        let all = world.shelf.iter().flat_map(gated_nodes).filter(|node| {
            !before.is_ready(node) && after.is_ready(node) && !after.is_finished(node)
        });
        let names = |nodes: Vec<Node<'_>>| -> BTreeSet<Ref> {
            nodes.iter().map(Node::reference).collect()
        };
        prop_assert_eq!(names(found), names(all.collect()));
    }
}

/// What becomes ready when an item is done by itself.
fn unlocked_by(name: &str, text: &str) -> Vec<String> {
    let shelf = sketch(text);
    let (standing, done) = (Standing::default(), item(&shelf, name));
    let before = Learner { shelf: &shelf, standing: &standing };
    let mark = Mark { status: Status::Done, known: false, on: None, remark: Annotation::default() };
    let entries = marking::mark(&mark, &[before.target(&done)]).entries;
    let after = After::new(&standing, &entries, day(1, 1));
    let after = Learner { shelf: &shelf, standing: &after };
    let ready = newly_ready(&before, &after, &[done], &|path| mentioning(&shelf, path));
    ready.iter().map(|node| node.reference().to_string()).collect()
}

#[test]
fn what_is_the_same_is_followed_wherever_it_leads() {
    let base = "path base\nstage s\ntopic t 1h\nskill x was=old\n";
    let mid = "path mid\nstage s\ntopic t 1h\nskill y same=base/x\n";
    let top = |same: &str, needs: &str| {
        format!(
            "path top\nstage s\ntopic t 1h\nskill z same={same}\nskill k\nmilestone m 1h needs={needs}\n"
        )
    };
    for (name, shelf) in [
        // Over two paths, in both directions.
        ("base/x", [base, mid, &top("mid/y", "z")].concat()),
        ("top/z", [base, mid, &top("mid/y", "base/x")].concat()),
        // By an id that it had before.
        ("base/x", [base, &top("base/old", "z")].concat()),
        // In the path of what it is the same as.
        (
            "mid/y",
            [&base.replace("skill x was=old", "skill x\nskill k\nmilestone top needs=x"), mid]
                .concat(),
        ),
        // By the id of an item whose path is not installed.
        ("mid/y", [&mid.replace("base/x", "gone/x"), &*top("gone/x", "gone/x|k")].concat()),
    ] {
        let milestone = if shelf.contains("path top") { "top/m" } else { "base/top" };
        assert_eq!(unlocked_by(name, &shelf), [milestone], "{shelf}");
    }
}

/// Paths and states that count how often they are asked.
struct Counted {
    shelf: Vec<Roadmap>,
    standing: Standing,
    asked: Cell<(usize, usize)>,
}

impl Shelf for Counted {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        let (looks, reads) = self.asked.get();
        self.asked.set((looks + 1, reads));
        self.shelf.roadmap(id)
    }
}

impl States for Counted {
    fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        let (looks, reads) = self.asked.get();
        self.asked.set((looks, reads + 1));
        self.standing.item(path, id)
    }

    fn all(&self) -> &Standing {
        panic!("nothing but items is asked for")
    }
}

/// A path in which each topic requires the one before it, and the second stage the whole first.
fn long(topics: usize) -> String {
    let mut text = "path long\nstage one\n".to_owned();
    for n in 0..topics {
        let needs = n.checked_sub(1).map_or(String::new(), |before| format!(" needs=t{before}"));
        text.push_str(&format!("topic t{n} 1h{needs}\nskill s{n}\n"));
    }
    text.push_str("stage two needs=one\n");
    (0..topics).for_each(|n| text.push_str(&format!("topic u{n} 1h\nskill v{n}\n")));
    text
}

/// How often a path is looked up and a state is read, to finish a whole stage.
fn work(topics: usize) -> (usize, usize) {
    let shelf = sketch(&long(topics));
    let counted = Counted { shelf, standing: Standing::default(), asked: Cell::default() };
    let finished: Vec<Item<'_>> =
        counted.shelf.iter().flat_map(Roadmap::items).take(topics).collect();
    let before = Learner { shelf: &counted, standing: &counted };
    let targets: Vec<_> = finished.iter().map(|item| before.target(item)).collect();
    let mark = Mark { status: Status::Done, known: false, on: None, remark: Annotation::default() };
    let entries = marking::mark(&mark, &targets).entries;
    let after = After::new(&counted, &entries, day(1, 1));
    counted.asked.take();
    let after = Learner { shelf: &counted, standing: &after };
    let unlocked = newly_ready(&before, &after, &finished, &|_| Vec::new());
    // What the change finishes itself is not unlocked; all that waited for the stage is.
    assert_eq!(unlocked.len(), topics);
    assert!(unlocked.iter().all(|node| node.title().starts_with('u')));
    counted.asked.get()
}

#[test]
fn twice_the_topics_are_twice_the_work() {
    let (few, many) = (work(200), work(400));
    assert!(few.0 > 200 && few.1 > 200, "{few:?}");
    assert!(many.0 < few.0 * 5 / 2 && many.1 < few.1 * 5 / 2, "{few:?}, {many:?}");
}
