//! What another version of a path or career file does to the record, as the learner sees it before and
//! after: by the functions of every view, so that it cannot be untrue.
//!
//! Whether two versions of a thing are one thing is decided here, too: by id, by the `replaces` of the
//! files, by what the learner decided. What only looks so is a question.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use uuid::Uuid;

use super::career::{Area, Career};
use super::decision::{self, Decision, thing_asked, thing_assessed, thing_of};
use super::event::{Entry, Fact};
use super::likeness::{Thing, title_key};
use super::progress::{Hours, progress};
use super::roadmap::{AREA, CAREER, Item, Named, Node, QUESTION, Ref, Roadmap, Shelf, find};
use super::standing::{Standing, Status};
use super::view::{Readiness, View, holdable, kept};

/// What a new version does.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Effects {
    /// The percentage of the path.
    pub percent: Change<Option<f64>>,
    /// The hours that it counts.
    pub hours: Change<Option<Hours>>,
    /// Statuses, notes and evidence that are seen no longer, or say less.
    pub lost: Vec<Turn>,
    /// Statuses that nobody gave to what has them.
    pub gained: Vec<Turn>,
    /// What has another id, by what the file says or the learner decided.
    pub renamed: Vec<Renamed>,
    /// What has a record and probably has another id.
    pub looks_renamed: Vec<LooksRenamed>,
    /// Ids with a record that probably have another thing now.
    pub reused: Vec<Reused>,
    /// Ids whose record stays with the thing before.
    pub set_apart: Vec<Reused>,
    /// Interview questions whose answers are seen no longer.
    pub answers_lost: Vec<Ref>,
    /// Skill areas whose levels are seen no longer.
    pub levels_lost: Vec<Ref>,
    /// What of other files names something that is gone.
    pub dependents: Vec<Dependent>,
    /// Topics and milestones that were ready and are held back.
    pub locked: Vec<Ref>,
    /// What has a record and is the same as an item of another path now.
    pub tied: Vec<Tied>,
    /// Whether what stays stands in another order.
    pub reordered: bool,
    /// Whether nothing is in both: it is probably another path.
    #[serde(skip)]
    pub is_another: bool,
}

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Change<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// How something stood and stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turn {
    /// The thing.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// Before; `None` if it was not there.
    pub before: Option<Tick>,
    /// After; `None` if it is not there.
    pub after: Option<Tick>,
    /// The reference under which that is recorded, where it is another one.
    pub by: Option<Ref>,
    /// The day since which it stood so, or stands so.
    pub on: Option<NaiveDate>,
}

/// Another id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Renamed {
    /// Before.
    pub from: Ref,
    /// After.
    pub to: Ref,
}

/// What is probably another id of one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LooksRenamed {
    /// Before.
    pub from: Ref,
    /// After.
    pub to: Ref,
    /// Why.
    pub why: Why,
    /// Its title after.
    pub title: String,
}

/// Why two things are probably one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Why {
    /// Their titles are the same, and no others.
    #[serde(rename = "same title")]
    Title,
    /// Their addresses are the same, and no others.
    #[serde(rename = "same URL")]
    Url,
}

/// An id with another thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reused {
    /// The id.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The title of the thing before.
    pub from: String,
    /// The title of the thing after.
    pub to: String,
    /// What is recorded of it.
    pub status: Tick,
}

/// An item with a record that is the same as another one now, under which it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tied {
    /// The item.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// What is recorded of it.
    pub status: Tick,
    /// Where it is kept from now on.
    pub kept: Ref,
    /// What is recorded there.
    pub kept_status: Tick,
}

/// Something that names what is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dependent {
    /// The path that names it, or `career`.
    pub path: String,
    /// What it names.
    #[serde(rename = "ref")]
    pub reference: Ref,
}

/// How much is recorded of something, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tick {
    /// It is there, and nothing is recorded of it.
    Todo,
    /// Notes or evidence alone.
    Noted,
    /// Left out on purpose.
    Skipped,
    /// Begun.
    Doing,
    /// Finished.
    Done,
    /// So many answers to a question.
    #[serde(untagged)]
    Answers(usize),
    /// So many assessments of a skill area.
    #[serde(untagged)]
    Levels(usize),
}

impl Tick {
    fn of(status: Status) -> Self {
        match status {
            Status::Todo => Self::Todo,
            Status::Skipped => Self::Skipped,
            Status::Doing => Self::Doing,
            Status::Done => Self::Done,
        }
    }
}

/// What was decided about what is in doubt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choices {
    /// What has another id, from and to.
    pub carried: Vec<(Ref, Ref)>,
    /// Ids that have another thing.
    pub apart: FxHashSet<Ref>,
    /// Ids that have the same thing, whatever it looks like.
    pub same: Vec<Ref>,
}

impl Choices {
    /// Takes something for renamed. An id that has another thing now keeps nothing of it.
    pub fn carry(&mut self, one: &LooksRenamed, reused: &FxHashSet<&Ref>) {
        self.carried.push((one.from.clone(), one.to.clone()));
        for end in [&one.from, &one.to] {
            if reused.contains(end) {
                self.set_apart(end);
            }
        }
    }

    /// Takes an id for that of another thing.
    pub fn set_apart(&mut self, reference: &Ref) {
        self.apart.insert(reference.clone());
    }
}

/// What is there before.
pub enum Before<'a> {
    /// Another version of the path.
    Path(View<'a>, &'a Roadmap),
    /// Only the record of it: the ids of the path, and the titles that the record has.
    Record(&'a Standing, Vec<&'a str>, &'a dyn Fn(&Ref) -> Option<String>),
}

/// What there is before, as it is seen: looked at once for all that could come after.
pub struct Seen<'a> {
    path: Option<(View<'a>, &'a Roadmap)>,
    pieces: Vec<Piece>,
}

impl<'a> Seen<'a> {
    /// The path, where there is one.
    pub fn path(&self) -> Option<&'a Roadmap> {
        self.path.map(|(_, path)| path)
    }

    /// Looks at it.
    pub fn of(before: &Before<'a>) -> Self {
        match before {
            Before::Path(view, old) => Self { path: Some((*view, old)), pieces: pieces(view, old) },
            Before::Record(standing, ids, title) => {
                Self { path: None, pieces: recorded(standing, ids, *title) }
            }
        }
    }
}

impl Effects {
    /// Whether something of the record would vanish or appear that nobody decided about.
    pub fn are_doubtful(&self) -> bool {
        self.loses() || !self.gained.is_empty()
    }

    /// Whether something of the record would vanish, or belong to another thing.
    pub fn loses(&self) -> bool {
        !(self.lost.is_empty()
            && self.reused.is_empty()
            && self.answers_lost.is_empty()
            && self.levels_lost.is_empty())
    }
}

/// What a new version of a path does.
pub fn of_path(before: &Seen<'_>, after: View<'_>, new: &Roadmap, choices: &Choices) -> Effects {
    let mut effects = compare(&before.pieces, &pieces(&after, new), choices);
    let now = progress(&after, &Node::Path(new));
    effects.percent.after = Some(now.percent);
    effects.hours.after = Some(now.hours);
    if let Some((view, old)) = before.path {
        let then = progress(&view, &Node::Path(old));
        effects.percent.before = Some(then.percent);
        effects.hours.before = Some(then.hours);
        effects.locked = locked(view, old, after, new);
        effects.tied = tied(old, after, new);
    }
    effects
}

/// What a new version of the career file does.
pub fn of_career(
    old: &Career,
    new: &Career,
    before: &Standing,
    after: &Standing,
    choices: &Choices,
) -> Effects {
    let old: Vec<Piece> = old.areas.iter().map(|area| Piece::of_area(area, before)).collect();
    let new: Vec<Piece> = new.areas.iter().map(|area| Piece::of_area(area, after)).collect();
    Effects { is_another: false, ..compare(&old, &new, choices) }
}

/// What of other paths and of the career file names something of a path that is found before and
/// not after.
pub fn dependents<'r>(
    before: &dyn Shelf,
    after: &dyn Shelf,
    ids: &[&str],
    others: impl IntoIterator<Item = &'r Roadmap>,
    career: Option<&Career>,
) -> Vec<Dependent> {
    let mut found: Vec<Dependent> = Vec::new();
    let mut look = |path: &str, reference: &Ref| {
        let is_gone = ids.contains(&reference.path())
            && find(before, reference).is_some()
            && find(after, reference).is_none();
        if is_gone {
            let one = Dependent { path: path.to_owned(), reference: reference.clone() };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    };
    for roadmap in others.into_iter().filter(|one| !ids.contains(&one.id.as_str())) {
        roadmap.references().for_each(|reference| look(&roadmap.id, reference));
    }
    for area in career.into_iter().flat_map(|career| &career.areas) {
        area.raised_by.iter().for_each(|raise| look(CAREER, &raise.by));
    }
    found
}

/// The events that record what was chosen of what is in doubt. What is renamed comes first: what is set
/// apart ends with it.
pub fn entries(reused: &[Reused], choices: &Choices, things: &Things<'_>) -> Vec<Entry> {
    let title = |reference: &Ref| (things.after)(reference).map(|thing| thing.title);
    let renamed = choices.carried.iter().map(|(from, to)| Entry {
        subject: to.clone(),
        title: title(to),
        fact: Fact::Renamed(from.clone()),
    });
    let apart = reused.iter().filter(|one| choices.apart.contains(&one.reference));
    let apart = apart.map(|one| Entry {
        subject: one.reference.clone(),
        title: Some(one.to.clone()),
        fact: Fact::SetApart(
            (things.before)(&one.reference)
                .unwrap_or_else(|| Thing { title: one.from.clone(), ..Thing::default() }),
        ),
    });
    renamed.chain(apart).collect()
}

/// What has which reference, before and after.
pub struct Things<'a> {
    /// Before.
    pub before: &'a dyn Fn(&Ref) -> Option<Thing>,
    /// After.
    pub after: &'a dyn Fn(&Ref) -> Option<Thing>,
}

/// The decisions that some entries of one command will be, to look at what they will do.
pub fn foreseen(entries: &[Entry]) -> Vec<Decision> {
    let decide = |(at, entry): (usize, &Entry)| {
        let what = match &entry.fact {
            Fact::Renamed(from) => decision::What::Renamed(from.clone()),
            Fact::SetApart(was) => decision::What::SetApart(was.clone()),
            _ => return None,
        };
        let id = Uuid::from_u128(at as u128);
        Some(Decision { id, command: Uuid::nil(), subject: entry.subject.clone(), what })
    };
    entries.iter().enumerate().filter_map(decide).collect()
}

/// The standing in which foreseen decisions are made.
pub fn foreseen_in(mut standing: Standing, decisions: &[Decision]) -> Standing {
    for one in decisions {
        if let decision::What::SetApart(_) = one.what {
            let state = standing.subject(&one.subject);
            standing.put(&decision::before(&one.subject, one.id), state);
            standing.put(&one.subject, None);
        }
    }
    standing
}

/// The thing that has a reference in a path.
pub fn thing_at(roadmap: &Roadmap, reference: &Ref) -> Option<Thing> {
    match reference.names() {
        Named::Node(id) => roadmap.node(id).map(|node| thing_of(&node)),
        Named::Question(id) => {
            let asked = roadmap.questions().find(|asked| asked.question.id == id)?;
            Some(thing_asked(asked.question))
        }
        _ => None,
    }
}

/// The skill area that has a reference.
pub fn area_at(career: &Career, reference: &Ref) -> Option<Thing> {
    match reference.names() {
        Named::Area(id) => career.area(id).map(thing_assessed),
        _ => None,
    }
}

/// Something of a path or career file, with what is recorded of it.
struct Piece {
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
}

impl Piece {
    fn of_area(area: &Area, standing: &Standing) -> Self {
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
        }
    }

    fn is_recorded(&self) -> bool {
        self.tick > Tick::Todo
    }
}

/// The parts of a path, in the order of its file.
fn pieces(view: &View<'_>, roadmap: &Roadmap) -> Vec<Piece> {
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
        });
    }
    pieces
}

fn noted(view: &View<'_>, node: &Node<'_>) -> Tick {
    let is_silent = view.notes_on(node).is_empty() && view.evidence_for(node).is_empty();
    if is_silent { Tick::Todo } else { Tick::Noted }
}

fn of_item(view: &View<'_>, item: &Item<'_>) -> (Tick, Option<NaiveDate>, Option<Ref>) {
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

/// What the record has of a path that is not there.
fn recorded(
    standing: &Standing,
    ids: &[&str],
    title: &dyn Fn(&Ref) -> Option<String>,
) -> Vec<Piece> {
    let is_of =
        |reference: &Ref| ids.contains(&reference.path()) && !decision::is_before(reference);
    let piece = |reference: &Ref, tick: Tick, since: Option<NaiveDate>| {
        let key = reference.id().unwrap_or_default().to_owned();
        let title = title(reference).unwrap_or_else(|| key.clone());
        Piece {
            title: title_key(&title),
            thing: Thing { title, ..Thing::default() },
            key,
            reference: reference.clone(),
            olds: Vec::new(),
            tick,
            since,
            by: None,
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

fn compare(before: &[Piece], after: &[Piece], choices: &Choices) -> Effects {
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
        let by_file = || replaced.get(piece.key.as_str()).copied();
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
        if !piece.is_recorded() || !is_less {
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
    let kept: Vec<usize> = targets.iter().filter_map(|target| *target).collect();
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
fn tied(old: &Roadmap, after: View<'_>, new: &Roadmap) -> Vec<Tied> {
    let mut found = Vec::new();
    for item in new.items() {
        let same_as = item.tracked().same_as.as_ref();
        let was = old.item(item.id()).and_then(|was| was.tracked().same_as.as_ref());
        let own = after.standing.item(&new.id, item.id());
        if let (Some(_), Some(own)) = (same_as.filter(|_| same_as != was), own) {
            let kept = kept(after.shelf, &item);
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
fn locked(before: View<'_>, old: &Roadmap, after: View<'_>, new: &Roadmap) -> Vec<Ref> {
    let (mut then, mut now) = (Readiness::new(before), Readiness::new(after));
    let mut held = Vec::new();
    for node in holdable(new).filter(|node| !after.is_finished(node)) {
        let was = node.id().and_then(|id| old.node(id));
        if was.is_some_and(|was| then.is_ready(&was)) && !now.is_ready(&node) {
            held.push(node.reference());
        }
    }
    held
}
