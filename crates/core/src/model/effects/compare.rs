//! Two versions of a path or career file side by side: which part is which, and what becomes of its
//! record.

use chrono::NaiveDate;
use milepost_path::{AREA, Area, Item, Node, QUESTION, Ref, Roadmap};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Choices, Effects, LooksRenamed, Renamed, Reused, Tick, Tied, Turn, Why};
use crate::model::decision::{self, thing_asked, thing_assessed, thing_of};
use crate::model::learner::{Learner, RequirementCache, gated_nodes, progress_ref};
use crate::model::likeness::{Thing, title_key};
use crate::model::standing::{Standing, Status};

/// Something of a path or career file, with what is recorded of it.
pub(super) struct Piece {
    /// Its title as it is compared.
    title: String,
    /// What its reference has behind the path.
    key: String,
    reference: Ref,
    thing: Thing,
    /// The keys that it had before.
    olds: Vec<String>,
    tick: Tick,
    since: Option<NaiveDate>,
    /// The reference under which its status is recorded, where it is another one.
    by: Option<Ref>,
    /// Whether only the record has it, from a version before the one that is compared.
    is_older: bool,
}

impl Piece {
    pub(super) fn of_area(area: &Area, standing: &Standing) -> Self {
        let reference = Ref::area(&area.id);
        let key = |id: &str| [AREA, id].concat();
        let levels = area.ids().map(|id| standing.assessments(id).len()).sum();
        Self {
            key: key(&area.id),
            reference,
            title: title_key(&area.title),
            thing: thing_assessed(area),
            olds: area.replaces.iter().map(|old| key(old)).collect(),
            tick: if levels > 0 { Tick::Levels(levels) } else { Tick::Todo },
            since: None,
            by: None,
            is_older: false,
        }
    }

    /// One that only the record has.
    pub(super) fn of_older(self) -> Self {
        Self { is_older: true, ..self }
    }

    pub(super) fn is_recorded(&self) -> bool {
        self.tick > Tick::Todo
    }
}

/// The parts of a path, in the order of its file.
pub(super) fn pieces(view: &Learner<'_>, roadmap: &Roadmap) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for node in roadmap.nodes() {
        let reference = node.reference();
        let (tick, since, by) = match &node {
            Node::Item(item) => of_item(view, item),
            node => (noted(view, node), None, None),
        };
        pieces.push(Piece {
            key: node.id().unwrap_or_default().to_owned(),
            title: title_key(node.title()),
            thing: thing_of(&node),
            olds: node.replaces().to_vec(),
            reference,
            tick,
            since,
            by,
            is_older: false,
        });
    }
    for asked in roadmap.questions() {
        let key = |id: &str| [QUESTION, id].concat();
        let answers = view.answers(&asked).len();
        pieces.push(Piece {
            key: key(&asked.question.id),
            reference: asked.reference(),
            title: title_key(&asked.question.ask),
            thing: thing_asked(asked.question),
            olds: asked.question.replaces.iter().map(|old| key(old)).collect(),
            tick: if answers > 0 { Tick::Answers(answers) } else { Tick::Todo },
            since: None,
            by: None,
            is_older: false,
        });
    }
    pieces
}

fn noted(view: &Learner<'_>, node: &Node<'_>) -> Tick {
    let is_silent = view.notes_on(node).is_empty() && view.evidence_for(node).is_empty();
    if is_silent { Tick::Todo } else { Tick::Noted }
}

fn of_item(view: &Learner<'_>, item: &Item<'_>) -> (Tick, Option<NaiveDate>, Option<Ref>) {
    let Some(state) = view.state(item) else {
        return (Tick::Todo, None, None);
    };
    let tick = match Tick::of(state.status) {
        Tick::Todo => noted(view, &Node::Item(*item)),
        tick => tick,
    };
    let marked = view.marked_at(item);
    (tick, state.since, Some(marked).filter(|marked| *marked != item.reference()))
}

/// What the record has of what no path has.
pub(super) fn recorded(
    standing: &Standing,
    has: &dyn Fn(&Ref) -> bool,
    title: &dyn Fn(&Ref) -> Option<String>,
) -> Vec<Piece> {
    let is_of = |reference: &Ref| has(reference) && !decision::is_before(reference);
    let piece = |reference: &Ref, tick: Tick, since: Option<NaiveDate>| {
        let key = reference.id().unwrap_or_default().to_owned();
        let title = title(reference).unwrap_or_else(|| key.clone());
        let state = standing.item_at(reference);
        let kind = state.and_then(|state| state.as_marked.as_deref()).map(|was| was.kind);
        Piece {
            title: title_key(&title),
            thing: Thing { kind, title, ..Thing::default() },
            key,
            reference: reference.clone(),
            olds: Vec::new(),
            tick,
            since,
            by: None,
            is_older: false,
        }
    };
    let mut pieces = Vec::new();
    for (reference, state) in standing.items().into_iter().filter(|(one, _)| is_of(one)) {
        let is_silent = state.notes.is_empty() && state.evidence.is_empty();
        let tick = match Tick::of(state.status) {
            Tick::Todo if !is_silent => Tick::Noted,
            tick => tick,
        };
        pieces.push(piece(&reference, tick, state.since));
    }
    for (reference, answers) in standing.answered().iter().filter(|(one, _)| is_of(one)) {
        pieces.push(piece(reference, Tick::Answers(answers.len()), None));
    }
    pieces
}

/// Places of pieces by something that they have.
struct Places<'p> {
    pieces: &'p [Piece],
    by_key: FxHashMap<&'p str, usize>,
    by_title: FxHashMap<&'p str, Vec<usize>>,
    by_url: FxHashMap<String, Vec<usize>>,
}

impl<'p> Places<'p> {
    fn of(pieces: &'p [Piece]) -> Self {
        let mut by_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_url: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, piece) in pieces.iter().enumerate() {
            by_title.entry(piece.title.as_str()).or_default().push(at);
            if let Some(url) = piece.thing.url_key() {
                by_url.entry(url).or_default().push(at);
            }
        }
        let by_key = pieces.iter().enumerate().map(|(at, piece)| (piece.key.as_str(), at));
        Self { pieces, by_key: by_key.collect(), by_title, by_url }
    }

    fn with(&self, key: &str) -> Option<&'p Piece> {
        self.pieces.get(*self.by_key.get(key)?)
    }

    /// The only piece of the kind of another one with its title or address.
    fn only(&self, like: &Piece, why: Why) -> Option<usize> {
        let found = match why {
            Why::Title => self.by_title.get(like.title.as_str()),
            Why::Url => self.by_url.get(&like.thing.url_key()?),
        };
        let is = |at: &&usize| {
            self.pieces.get(**at).is_some_and(|piece| {
                let kinds = piece.thing.kind.zip(like.thing.kind);
                piece.key.starts_with(QUESTION) == like.key.starts_with(QUESTION)
                    && kinds.is_none_or(|(one, other)| one == other)
            })
        };
        let mut found = found.into_iter().flatten().filter(is);
        let first = *found.next()?;
        found.next().is_none().then_some(first)
    }
}

pub(super) fn compare(before: &[Piece], after: &[Piece], choices: &Choices) -> Effects {
    let (old, new) = (Places::of(before), Places::of(after));
    let mut replaced: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, piece) in after.iter().enumerate() {
        for old in &piece.olds {
            replaced.entry(old.as_str()).or_insert(at);
        }
    }
    let carried: FxHashMap<&Ref, &Ref> =
        choices.carried.iter().map(|(from, to)| (from, to)).collect();
    let place_of = |reference: &Ref| new.by_key.get(reference.id()?).copied();
    let mut effects = Effects::default();
    // Where each piece is after; and those after that have another thing than the id had before.
    let mut targets: Vec<Option<usize>> = Vec::with_capacity(before.len());
    let mut others: FxHashSet<&str> = FxHashSet::default();
    let mut in_doubt: FxHashSet<&str> = FxHashSet::default();
    for piece in before {
        let same = new.by_key.get(piece.key.as_str()).copied();
        let now = same.and_then(|at| after.get(at));
        let is_another = now.is_some_and(|now| {
            now.thing.is_another(&piece.thing) || has_moved(piece, now, &old, &new)
        });
        let to = carried.get(&piece.reference).and_then(|to| place_of(to));
        if let Some(now) = now.filter(|_| is_another) {
            others.insert(&piece.key);
            if piece.is_recorded() {
                let reused = Reused {
                    reference: now.reference.clone(),
                    from: piece.thing.title.clone(),
                    to: now.thing.title.clone(),
                    status: piece.tick,
                };
                if choices.apart.contains(&now.reference) {
                    effects.set_apart.push(reused);
                } else {
                    in_doubt.insert(&piece.key);
                    effects.reused.push(reused);
                }
            }
        }
        // What was there in between has its own record.
        let is_new = |at: &usize| {
            after.get(*at).is_some_and(|it| old.with(&it.key).is_none_or(|was| was.is_older))
        };
        let by_file = || {
            let found = replaced.get(piece.key.as_str()).copied();
            found.filter(|at| !piece.is_older || is_new(at))
        };
        // What was recorded under an id that is there again is seen there again.
        let by_record = || {
            let by = piece.by.as_ref().filter(|_| same.is_none())?;
            new.by_key.get(by.id()?).copied()
        };
        let target = to.or(if is_another { None } else { same }).or_else(by_file);
        let target = target.or_else(by_record);
        if let Some(now) = target.filter(|_| target != same).and_then(|at| after.get(at)) {
            let (from, to) = (piece.reference.clone(), now.reference.clone());
            effects.renamed.push(Renamed { from, to });
        }
        if let Some(now) = now.filter(|_| piece.is_older && target == same) {
            effects.back.push(Turn {
                reference: now.reference.clone(),
                title: now.thing.title.clone(),
                before: None,
                after: Some(now.tick),
                by: None,
                on: now.since,
            });
        }
        targets.push(target);
    }
    // The most that is carried to each piece from elsewhere.
    let mut sources: FxHashMap<usize, Tick> = FxHashMap::default();
    let mut claimed: FxHashSet<usize> = FxHashSet::default();
    for (piece, target) in before.iter().zip(&targets) {
        if let Some(at) = target {
            let most = sources.entry(*at).or_insert(piece.tick);
            *most = piece.tick.max(*most);
        }
        if in_doubt.contains(piece.key.as_str()) && target.is_none() {
            // It is told as what it is; what it looks like is told as well.
            look(piece, &old, &new, &others, &mut claimed, &mut effects);
            continue;
        }
        let now = target.and_then(|at| after.get(at));
        let is_less = now.is_none_or(|now| now.tick < piece.tick);
        if !piece.is_recorded() || !is_less || (piece.is_older && now.is_none()) {
            continue;
        }
        if target.is_none() {
            look(piece, &old, &new, &others, &mut claimed, &mut effects);
        }
        match piece.tick {
            Tick::Answers(_) => effects.answers_lost.push(piece.reference.clone()),
            Tick::Levels(_) => effects.levels_lost.push(piece.reference.clone()),
            _ => effects.lost.push(Turn {
                reference: piece.reference.clone(),
                title: piece.thing.title.clone(),
                before: Some(piece.tick),
                after: now.map(|now| now.tick),
                by: piece.by.clone(),
                on: piece.since,
            }),
        }
    }
    for (at, piece) in after.iter().enumerate() {
        let key = piece.key.as_str();
        let was = old.with(key).filter(|_| !others.contains(key));
        let (then, base) = match (was, sources.get(&at)) {
            (Some(was), _) => (Some(was.tick), was.tick),
            (None, Some(most)) => (None, *most),
            (None, None) => (None, Tick::Todo),
        };
        let is_status = matches!(piece.tick, Tick::Skipped | Tick::Doing | Tick::Done);
        if is_status && piece.tick > base && !in_doubt.contains(key) {
            effects.gained.push(Turn {
                reference: piece.reference.clone(),
                title: piece.thing.title.clone(),
                before: then,
                after: Some(piece.tick),
                by: piece.by.clone(),
                on: piece.since,
            });
        }
    }
    let kept = before.iter().zip(&targets).filter(|(piece, _)| !piece.is_older);
    let kept: Vec<usize> = kept.filter_map(|(_, target)| *target).collect();
    effects.reordered = !kept.is_sorted();
    effects.is_another = !before.is_empty()
        && !after.is_empty()
        && effects.renamed.is_empty()
        && effects.looks_renamed.is_empty()
        && before.iter().all(|piece| {
            !new.by_key.contains_key(piece.key.as_str()) || others.contains(piece.key.as_str())
        });
    effects
}

/// Whether what an id had is at another id now, by its address: such ids are numbers that shift.
fn has_moved(piece: &Piece, now: &Piece, old: &Places<'_>, new: &Places<'_>) -> bool {
    let url = piece.thing.url_key();
    if url.is_none() || now.thing.url_key() == url {
        return false;
    }
    let moved = only(piece, old, new, Why::Url).and_then(|at| new.pieces.get(at));
    moved.is_some_and(|moved| old.with(&moved.key).is_none_or(|was| was.thing.url_key() != url))
}

/// The only piece after with the title or address of one before that is the only one, too.
fn only(piece: &Piece, old: &Places<'_>, new: &Places<'_>, why: Why) -> Option<usize> {
    old.only(piece, why)?;
    new.only(piece, why)
}

/// Looks for what a piece that is gone, or whose id has another thing, is called now.
fn look(
    piece: &Piece,
    old: &Places<'_>,
    new: &Places<'_>,
    others: &FxHashSet<&str>,
    claimed: &mut FxHashSet<usize>,
    effects: &mut Effects,
) {
    for why in [Why::Url, Why::Title] {
        let Some(at) = only(piece, old, new, why) else { continue };
        let Some(found) = new.pieces.get(at) else { continue };
        let is_free = match old.with(&found.key) {
            Some(_) => others.contains(found.key.as_str()),
            None => !found.is_recorded(),
        };
        if found.key != piece.key && is_free && claimed.insert(at) {
            effects.looks_renamed.push(LooksRenamed {
                from: piece.reference.clone(),
                to: found.reference.clone(),
                why,
                title: found.thing.title.clone(),
            });
            return;
        }
    }
}

/// What has a record of its own and is the same as another item from now on.
pub(super) fn tied(old: &Roadmap, after: Learner<'_>, new: &Roadmap) -> Vec<Tied> {
    let mut found = Vec::new();
    for item in new.items() {
        let same_as = item.tracked().same_as.as_ref();
        let was = old.item(item.id()).and_then(|was| was.tracked().same_as.as_ref());
        let own = after.standing.item(&new.id, item.id());
        if let (Some(_), Some(own)) = (same_as.filter(|_| same_as != was), own) {
            let kept = progress_ref(after.shelf, &item);
            let there = after.standing.item_at(&kept).map_or(Status::Todo, |state| state.status);
            found.push(Tied {
                reference: item.reference(),
                status: Tick::of(own.status),
                kept,
                kept_status: Tick::of(there),
            });
        }
    }
    found
}

/// What was ready before and is held back after.
pub(super) fn locked(
    before: Learner<'_>,
    old: &Roadmap,
    after: Learner<'_>,
    new: &Roadmap,
) -> Vec<Ref> {
    let (mut then, mut now) = (RequirementCache::new(before), RequirementCache::new(after));
    let mut held = Vec::new();
    for node in gated_nodes(new).filter(|node| !after.is_finished(node)) {
        let was = node.id().and_then(|id| old.node(id));
        if was.is_some_and(|was| then.is_ready(&was)) && !now.is_ready(&node) {
            held.push(node.reference());
        }
    }
    held
}
