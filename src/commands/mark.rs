//! What `done`, `doing`, `skip`, `todo` and `note` share: from references to one transaction and a
//! report of what changed.

mod choose;
mod finish;

use std::collections::HashSet;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use self::choose::at_the_terminal;
pub use self::choose::choose_one;
use self::finish::{Finished, Lessons};
use super::{input, row, select, unlock};
use crate::catalog::Catalog;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::as_marked;
use crate::model::counting;
use crate::model::event::Remark;
use crate::model::evidence::leads_somewhere;
use crate::model::progress::progress;
use crate::model::roadmap::{Item, Node, NodeKind, Ref, Roadmap};
use crate::model::standing::{
    self, Correction, Decision, ItemState, Mark, Standing, Status, Subject, Target,
};
use crate::model::view::{View, places, places_of};
use crate::output::{Output, Screen};
use crate::report::change::{Changed, State};
use crate::store::Store;
use crate::text::{day, quantity, safe, width};

/// What is asked for.
#[derive(Debug)]
pub struct Request<'r> {
    /// The command, for its report.
    pub command: &'static str,
    /// What is done to the items, as a question begins: `Mark 3 goals done`.
    pub verb: &'static str,
    /// The references that were named; none to choose at the terminal.
    pub refs: &'r [String],
    /// The status to give; none where something is only said.
    pub status: Option<Status>,
    /// Credited as already known.
    pub known: bool,
    /// What is said.
    pub remark: Remark,
    /// The day that it is for.
    pub on: NaiveDate,
    /// The day was named.
    pub is_dated: bool,
    /// Whole topics, stages and paths need no question.
    pub yes: bool,
    /// With a resource, the skills that become studied by it.
    pub with_skills: bool,
}

/// What a mark changed.
#[derive(Debug, Serialize)]
pub struct Report {
    changed: Vec<Changed>,
    unchanged: Vec<Ref>,
    unlocked: Vec<Ref>,
    #[serde(flatten)]
    finished: Option<Finished>,
    #[serde(skip)]
    known_before: Vec<(Ref, ItemState)>,
    #[serde(skip)]
    unlocked_titles: Vec<(NodeKind, String)>,
    #[serde(skip)]
    context: Option<String>,
    #[serde(skip)]
    fallen: Option<String>,
    /// What was corrected, for each change.
    #[serde(skip)]
    corrected: Vec<Option<Correction>>,
}

impl Report {
    /// The report of changes that have no more to tell.
    pub fn of_changes(changed: Vec<Changed>) -> Self {
        Self {
            changed,
            unchanged: Vec::new(),
            unlocked: Vec::new(),
            finished: None,
            known_before: Vec::new(),
            unlocked_titles: Vec::new(),
            context: None,
            fallen: None,
            corrected: Vec::new(),
        }
    }

    /// The report that one thing is so already.
    pub fn of_unchanged(reference: Ref) -> Self {
        Self { unchanged: vec![reference], ..Self::of_changes(Vec::new()) }
    }

    /// What changed.
    pub fn changed(&self) -> &[Changed] {
        &self.changed
    }
}

/// Runs a request: one transaction, all or nothing.
///
/// # Errors
/// A reference is unknown or unclear, a question was not answered, or the record cannot be written.
pub fn run(request: &Request<'_>, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let catalog = context.catalog();
    let mut store = context.store()?;
    let mut items = chosen(request, store.as_mut(), context, out)?;
    let answers = finish::ask(request, &items, store.as_mut(), context, out)?;
    let mut store = match store {
        Some(store) => store,
        None => context.store_to_write()?,
    };
    let mut writing = store.write(context.stamp)?;
    let standing = {
        let mut wanted = wanted(&items, catalog);
        wanted.extend(finish::required(&items, context));
        writing.reading().standing_of(&wanted)?
    };
    let followed = standing.followed_ids();
    let view = View { shelf: catalog, standing: &standing };
    let mut remark = request.remark.clone();
    remark.evidence.extend(answers.evidence.iter().flatten().cloned());
    let mut decision = decide(request, &remark, &items, &view);
    let lessons = {
        let after = after(&standing, &decision, request.on);
        Lessons::of(&items, &view, &View { standing: &after, ..view }, context.today())
    };
    let skills = lessons.studied.iter().copied().filter(|skill| {
        let is_true = answers.skills.iter().flatten().any(|one| *one == skill.reference());
        is_true || request.with_skills
    });
    let skills: Vec<Item<'_>> = skills.collect();
    decision.extend(decide(request, &Remark::default(), &skills, &view));
    let asked = items.clone();
    items.extend(skills);
    let unlocked = match request.status {
        Some(status) if !status.is_open() => {
            let finished = newly_finished(&items, &decision, &view);
            unlock::unlocked(&finished, status, catalog, &followed, writing.reading())?
        }
        _ => Vec::new(),
    };
    let after = after(&standing, &decision, request.on);
    let after = View { standing: &after, ..view };
    as_marked::complete(&mut decision.entries, &items, &after);
    let mut report = report(&items, &decision, &unlocked, &view, &after);
    if request.status == Some(Status::Done) {
        let views = (&view, &after);
        report.finished =
            Some(Finished::new(request, &asked, &lessons, &answers, &decision, views));
    }
    let entries = decision.entries;
    let changed = !entries.is_empty();
    for entry in entries {
        writing.append(entry, request.on)?;
    }
    if changed {
        context.commit(writing)?;
    } else {
        drop(writing);
    }
    out.report(request.command, &report, |report, screen| text(report, request, screen))?;
    if changed && request.status.is_some() {
        say_if_not_followed(items.iter().map(|item| item.roadmap), &followed, out);
    }
    if request.status == Some(Status::Doing) {
        say_if_snoozed(&items, &view, context.today(), out);
    }
    Ok(())
}

/// The places of items and of what is beside them, each once.
fn wanted(items: &[Item<'_>], catalog: &Catalog) -> Vec<Ref> {
    let (mut around, mut seen) = (HashSet::new(), HashSet::new());
    let topics = items.iter().filter_map(topic_of).flat_map(|topic| places_of(catalog, &topic));
    let beside = items.iter().flat_map(|item| neighbours(item, &mut around));
    let items = items.iter().copied().chain(beside);
    let places = items.flat_map(|item| places(catalog, &item)).chain(topics);
    places.filter(|place| seen.insert(place.clone())).collect()
}

fn topic_of<'a>(item: &Item<'a>) -> Option<Node<'a>> {
    item.topic.map(|topic| Node::Topic(item.roadmap, item.stage, topic))
}

/// What a request comes to for some items.
fn decide(request: &Request<'_>, remark: &Remark, items: &[Item<'_>], view: &View<'_>) -> Decision {
    let targets: Vec<Target> = items.iter().map(|item| view.target(item)).collect();
    match request.status {
        Some(status) => {
            let on = request.is_dated.then_some(request.on);
            let mark = Mark { status, known: request.known, on, remark: remark.clone() };
            standing::mark(&mark, &targets)
        }
        None => standing::note(remark, &targets),
    }
}

/// The goals beside an item, which the report counts; of a resource all of its topic, which says what
/// is studied by it. Each topic once, whatever many of its items are asked for: `around` has them.
fn neighbours<'a>(
    item: &Item<'a>,
    around: &mut HashSet<(&'a str, Option<&'a str>, bool)>,
) -> Vec<Item<'a>> {
    let Some(topic) = item.topic else {
        return Vec::new();
    };
    // A choice between topics changes what the path counts.
    let within = if item.stage.choose.is_some() { None } else { Some(topic.id.as_str()) };
    let is_resource = item.resource().is_some();
    if !around.insert((&item.roadmap.id, within, is_resource)) {
        return Vec::new();
    }
    let mut beside: Vec<Item<'a>> = match within {
        None => item.roadmap.items().collect(),
        Some(_) => item.roadmap.items_of_topic(item.stage, topic).collect(),
    };
    beside.retain(|other| is_resource || other.is_goal());
    beside
}

/// The standing once what was decided is recorded.
fn after(standing: &Standing, decision: &Decision, on: NaiveDate) -> Standing {
    let mut after = standing.clone();
    for entry in &decision.entries {
        let state = Subject::after(after.subject(&entry.subject), on, &entry.fact);
        after.put(&entry.subject, state);
    }
    after
}

fn chosen<'a>(
    request: &Request<'_>,
    store: Option<&mut Store>,
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Vec<Item<'a>>> {
    // Only who names no item, or a whole topic, needs the state of everything.
    let mut reading = store.map(Store::read).transpose()?;
    let standing = match &mut reading {
        Some(reading) => reading.standing_of([])?,
        None => Standing::default(),
    };
    if request.refs.is_empty() {
        let standing = match &mut reading {
            Some(reading) => reading.standing()?,
            None => standing,
        };
        drop(reading);
        return at_the_terminal(request, &standing, context, out);
    }
    let nodes = select::nodes(request.refs, &standing.followed_ids(), context, out)?;
    let whole = nodes.iter().any(|node| !matches!(node, Node::Item(_)));
    let standing = match &mut reading {
        Some(reading) if whole => reading.standing()?,
        _ => standing,
    };
    // No question is asked while the record is being read.
    drop(reading);
    let view = View { shelf: context.catalog(), standing: &standing };
    let within = |node: &Node<'a>| within(node, request.status, &view);
    select::items(&nodes, within, request.verb, request.yes, out)
}

/// The items of a topic, stage or path that a mark of it is for.
fn within<'a>(node: &Node<'a>, status: Option<Status>, view: &View<'_>) -> Vec<Item<'a>> {
    let mut items = match status {
        // Of what leaves a choice, all is given up or taken back, but only so many are done.
        Some(Status::Skipped | Status::Todo) => {
            let mut items = node.items();
            items.retain(Item::is_goal);
            items
        }
        _ => counting::goals(view, node),
    };
    items.retain(|item| match status {
        Some(Status::Todo) => view.status(item) != Status::Todo,
        Some(Status::Doing) => view.status(item) == Status::Todo,
        _ => view.is_open(item),
    });
    items
}

fn newly_finished<'a>(items: &[Item<'a>], decision: &Decision, view: &View<'_>) -> Vec<Item<'a>> {
    let changed: HashSet<&Ref> = decision.changed.iter().map(|change| &change.named).collect();
    items
        .iter()
        .filter(|item| changed.contains(&item.reference()) && view.is_open(item))
        .copied()
        .collect()
}

fn report(
    items: &[Item<'_>],
    decision: &Decision,
    unlocked: &[Node<'_>],
    before: &View<'_>,
    after: &View<'_>,
) -> Report {
    let changed: Vec<Changed> = decision
        .changed
        .iter()
        .map(|change| Changed {
            reference: change.named.clone(),
            title: change.title.clone(),
            from: State::Item(change.from),
            to: State::Item(change.to),
        })
        .collect();
    Report {
        context: topic_count(items, &changed, after),
        fallen: fallen(items, before, after),
        corrected: decision.changed.iter().map(|change| change.correction).collect(),
        changed,
        unchanged: decision.unchanged.iter().map(|target| target.named.clone()).collect(),
        unlocked: unlocked.iter().map(Node::reference).collect(),
        finished: None,
        known_before: decision
            .unchanged
            .iter()
            .map(|target| (target.named.clone(), target.state.clone()))
            .collect(),
        unlocked_titles: unlocked
            .iter()
            .map(|node| (node.kind(), node.title().to_owned()))
            .collect(),
    }
}

/// That the percentage of a path fell, though something was done: the larger of the topics of which
/// one is enough was begun.
fn fallen(items: &[Item<'_>], before: &View<'_>, after: &View<'_>) -> Option<String> {
    let choice = items.iter().find(|item| item.stage.choose.is_some() && item.topic.is_some())?;
    let path = Node::Path(choice.roadmap);
    let (before, after) = (progress(before, &path), progress(after, &path));
    let falls = after.percent < before.percent && after.hours.done >= before.hours.done;
    let (was, is) = (quantity::percent(before.percent), quantity::percent(after.percent));
    falls.then(|| {
        let (path, stage) = (&choice.roadmap.id, safe::line(&choice.stage.title));
        format!("{path}: {is} done, {was} before: of {stage}, you chose what takes longer")
    })
}

/// How far the topic of a single changed item is by the change.
fn topic_count(items: &[Item<'_>], changed: &[Changed], after: &View<'_>) -> Option<String> {
    let ([item], [change]) = (items, changed) else {
        return None;
    };
    let topic = item.topic?;
    // What was only said changes no count.
    if change.from == change.to {
        return None;
    }
    let progress = progress(after, &Node::Topic(item.roadmap, item.stage, topic));
    let (count, noun) = match item.kind() {
        NodeKind::Skill => (progress.skills, "skill"),
        _ => (progress.resource_goals, "resource"),
    };
    let title = safe::line(&topic.title);
    let of = quantity::count(count.total, noun);
    (count.total > 0).then(|| format!("{title}: {} of {of} done", count.done))
}

/// Says how to follow the paths that are not followed yet.
pub fn say_if_not_followed<'a>(
    paths: impl IntoIterator<Item = &'a Roadmap>,
    followed: &[&str],
    out: &mut Output<'_, '_>,
) {
    let mut said = Vec::new();
    for path in paths {
        let path = path.id.as_str();
        if !followed.contains(&path) && !said.contains(&path) {
            out.say(&format!("`{path}` is not followed yet: `milepost start {path}`"));
            said.push(path);
        }
    }
}

/// That what one takes up stands in a topic that is left out of plans.
fn say_if_snoozed(items: &[Item<'_>], view: &View<'_>, today: NaiveDate, out: &mut Output<'_, '_>) {
    let mut said = Vec::new();
    for topic in items.iter().filter_map(topic_of) {
        let name = topic.reference();
        let until = view.snoozed_until(&topic).filter(|until| *until > today);
        if let Some(until) = until.filter(|_| !said.contains(&name)) {
            let how = format!("`milepost snooze {name} none` brings it back");
            out.say(&format!("its topic `{name}` is snoozed until {until}: {how}"));
            said.push(name);
        }
    }
}

/// The text of a report of changes.
pub fn text(report: &Report, request: &Request<'_>, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let sentence = |first: &str, text: &str| {
        screen.width.map_or(format!("{first}{text}\n"), |columns| {
            width::wrap_indented(first, "    ", text, columns)
        })
    };
    let corrected = report.corrected.iter().copied().chain(std::iter::repeat(None));
    for (change, correction) in report.changed.iter().zip(corrected) {
        let mark = match change.to {
            State::Item(status) => paint.status_mark(row::mark(status)),
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&change.title));
        let noted = if request.status.is_none() { " noted" } else { "" };
        let reference = paint.dim(change.reference.as_str());
        let corrected = correction.map_or(String::new(), said_of);
        let rest = format!("{reference}{noted}{corrected}");
        text.push_str(&row::line(&format!("{mark} "), &title, &rest, screen));
    }
    for context in report.context.iter().chain(&report.fallen) {
        text.push_str(&sentence("    ", context));
    }
    for (reference, state) in &report.known_before {
        text.push_str(&sentence("", &so_already(reference, state, request)));
    }
    for (reference, (kind, title)) in report.unlocked.iter().zip(&report.unlocked_titles) {
        let label = format!("{} {kind}: ", paint.good("unlocked"));
        let reference = paint.dim(reference.as_str());
        text.push_str(&row::line(&label, &safe::line(title), &reference, screen));
    }
    if let Some(finished) = &report.finished {
        text.push_str(&finished.text(&report.changed, screen));
    }
    if text.is_empty() {
        text.push_str("nothing to change\n");
    }
    text
}

/// What was corrected of something that was so already.
fn said_of(correction: Correction) -> String {
    let day = match correction.since {
        Some((Some(before), after)) => format!("  day {before} -> {after}"),
        Some((None, after)) => format!("  day {after}"),
        None => String::new(),
    };
    let known = if correction.known { "  credited as known" } else { "" };
    day + known
}

/// That something is so already, and how its day is changed where none was named.
fn so_already(reference: &Ref, state: &ItemState, request: &Request<'_>) -> String {
    let Some(status) = request.status else {
        return format!("{reference}: nothing new was said");
    };
    let said = format!("{reference} was {} already; nothing changed", status.as_str());
    let has_day = state.since.is_some() && status != Status::Todo;
    if has_day && !request.is_dated { said + " (`--on` changes its day)" } else { said }
}

/// The day of `--on`; today where it is not given.
///
/// # Errors
/// It is no day, or lies in the future.
pub fn day(on: Option<&str>, context: &Context) -> Result<NaiveDate> {
    on.map_or(Ok(context.today()), |text| {
        day::parse(text, context.today()).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })
    })
}

/// A note longer than this is a document.
const MOST_NOTE_BYTES: usize = 64 * 1024;
/// What is piped is read so far, to say that it is too long.
pub(super) const MOST_PIPED_BYTES: usize = 1024 * 1024;
/// Evidence longer than this points to nothing.
const MOST_EVIDENCE_BYTES: usize = 4 * 1024;

/// Notes and evidence from the command line, where the note `-` is read from standard input.
///
/// # Errors
/// The text looks like an option that lost its value, or as [`remark`].
pub fn given(note: Option<&str>, evidence: &[String]) -> Result<Remark> {
    let piped = match note {
        Some("-") => Some(input::text(Path::new("-"), MOST_PIPED_BYTES)?),
        _ => None,
    };
    for text in note.into_iter().chain(evidence.iter().map(String::as_str)) {
        if looks_like_an_option(text) {
            let shown = safe::short(text, 80);
            return Err(Error::usage(format!(
                "`{shown}` looks like an option, where a text is due"
            ))
            .hint("give the text first; `-` reads a note from standard input"));
        }
    }
    remark(piped.as_deref().or(note), evidence)
}

/// Values may begin with a hyphen, so an option that follows one without its value is taken for it.
fn looks_like_an_option(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    match text.strip_prefix("--") {
        Some(long) => is_word(long.split_once('=').map_or(long, |(name, _)| name)),
        None => text.strip_prefix('-').is_some_and(|short| short.len() == 1 && is_word(short)),
    }
}

/// Asks about evidence that leads nowhere. Where nobody can be asked it is recorded all the same, with a
/// warning: what a script calls evidence it knows better.
///
/// # Errors
/// It was a slip.
pub(super) fn check(evidence: &[String], out: &mut Output<'_, '_>) -> Result<()> {
    let is_slip = |text: &&String| !leads_somewhere(text) && !Path::new(text.as_str()).exists();
    for text in evidence.iter().filter(is_slip) {
        let shown = safe::short(text, 80);
        let what = format!("`{shown}` is not an address, path or commit");
        let is_json = out.is_json();
        match out.prompt().filter(|_| !is_json) {
            Some(prompt) => {
                if !prompt.confirm(&format!("{what}. Record it anyway?"))? {
                    return Err(Error::cancelled());
                }
            }
            None => out.warn(&format!(
                "{what}; it is recorded as it stands: `milepost note REF --remove N` removes it"
            )),
        }
    }
    Ok(())
}

/// The one rule for what is said of something, whichever way it came in.
///
/// # Errors
/// A text is empty or too long, or evidence holds control characters or spans lines.
pub fn remark(note: Option<&str>, evidence: &[String]) -> Result<Remark> {
    let note = note.map(str::trim);
    if note.is_some_and(str::is_empty) {
        return Err(Error::usage("the note is empty").hint("leave it out, or say something"));
    }
    if note.is_some_and(|note| note.len() > MOST_NOTE_BYTES) {
        return Err(Error::usage("the note is longer than 64 KiB")
            .hint("keep it in a file, and say here where that is"));
    }
    let evidence: Vec<String> = evidence.iter().map(|text| text.trim().to_owned()).collect();
    for text in &evidence {
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(Error::usage(format!("`{}` is no evidence", safe::short(text, 80)))
                .hint("evidence is a URL, a file or a commit, on one line"));
        }
        if text.len() > MOST_EVIDENCE_BYTES {
            let shown = safe::short(text, 80);
            return Err(Error::usage(format!("the evidence `{shown}` is longer than 4 KiB"))
                .hint("evidence is a URL, a file or a commit; say more in a note"));
        }
    }
    Ok(Remark { note: note.map(str::to_owned), evidence })
}
