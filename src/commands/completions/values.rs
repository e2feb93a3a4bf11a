//! What can stand in a place of a command line: ids of paths and items, as far as the state allows.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use milepost_core::catalog::Source;
use milepost_core::model::counting;
use milepost_core::model::learner::Learner;
use milepost_core::model::standing::{Standing, Status};
use milepost_core::report::sync;
use milepost_core::store::Store;
use milepost_path::{CAREER, Career, Item, Node, QUESTION, Ref, Roadmap, safe};

use crate::config::Config;
use crate::context::Context;
use crate::words::sync::place;

thread_local! {
    /// The record that the command line names. clap hands a completer nothing but the word at hand.
    static NAMED: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// Takes from a command line which record it means.
pub(super) fn remember_record(words: &[OsString]) {
    let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
    // The last one is being typed.
    let before = words.get(..words.len().saturating_sub(1)).unwrap_or_default();
    let mut named = None;
    for (at, word) in before.iter().enumerate() {
        if *word == "--" {
            break;
        }
        if *word == "--db" {
            named = before.get(at + 1).map(|value| home_expanded(value));
        } else if let Some(value) = word.to_str().and_then(|word| word.strip_prefix("--db=")) {
            named = Some(PathBuf::from(value));
        }
    }
    NAMED.set(named);
}

/// The value that the shell will hand over for a word that begins with `~/`.
fn home_expanded(value: &OsStr) -> PathBuf {
    let rest = value.to_str().and_then(|value| value.strip_prefix("~/"));
    match (rest, variable("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(value),
    }
}

#[expect(clippy::disallowed_methods, reason = "a completion script hands no environment over")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// What the catalog and the record say, as far as it can be had at once.
struct Known {
    context: Context,
    standing: Standing,
}

impl Known {
    fn find() -> Option<Self> {
        let named = NAMED.with_borrow(Clone::clone);
        let context = Context::new(Config::resolve(named.as_deref(), None, &variable).ok()?);
        let standing = context.app.db().ok().and_then(|db| Store::glance(&db)).unwrap_or_default();
        Some(Self { context, standing })
    }

    fn view(&self) -> Learner<'_> {
        Learner { shelf: self.context.app.catalog(), standing: &self.standing }
    }
}

/// Which nodes a command can do something with.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    All,
    /// Those of which something is neither done nor skipped.
    Open,
    /// Those of which something is not begun.
    NotBegun,
    /// Those of which something was begun, finished or skipped.
    Begun,
}

impl Wanted {
    fn takes(self, node: &Node<'_>, view: &Learner<'_>) -> bool {
        let has = |items: Vec<Item<'_>>, is: &dyn Fn(Status) -> bool| {
            items.iter().any(|item| is(view.status(item)))
        };
        match self {
            Self::All => true,
            Self::Open => !view.is_finished(node),
            Self::NotBegun if node.kind().is_item() => has(node.items(), &|s| s == Status::Todo),
            Self::NotBegun => has(counting::goals(view, node), &|s| s == Status::Todo),
            Self::Begun => has(node.items(), &|s| s != Status::Todo),
        }
    }
}

/// Completes references of anything: ids of followed paths, and `path/item` of any.
pub fn references() -> ArgValueCompleter {
    completer(|typed, known| found(typed, known, Wanted::All))
}

/// Completes references of what is open.
pub fn open() -> ArgValueCompleter {
    completer(|typed, known| found(typed, known, Wanted::Open))
}

/// Completes references of what is not begun.
pub fn not_begun() -> ArgValueCompleter {
    completer(|typed, known| found(typed, known, Wanted::NotBegun))
}

/// Completes references of what was begun, finished or skipped.
pub fn begun() -> ArgValueCompleter {
    completer(|typed, known| found(typed, known, Wanted::Begun))
}

/// Completes references of all that can be shown: interview questions, too.
pub fn shown() -> ArgValueCompleter {
    completer(|typed, known| {
        let mut all = found(typed, known, Wanted::All);
        let Some((path, id)) = typed.split_once('/') else {
            return all;
        };
        let Some(roadmap) = known.context.app.catalog().roadmap(path) else {
            return all;
        };
        let mut questions = roadmap.questions().peekable();
        if id.starts_with(QUESTION) {
            all.extend(
                questions.map(|asked| (asked.reference().to_string(), asked.question.ask.clone())),
            );
        } else if questions.peek().is_some() && QUESTION.starts_with(id) {
            // Hundreds of them would hide the items.
            all.push((format!("{path}/{QUESTION}"), "an interview question".to_owned()));
        }
        all
    })
}

/// Completes ids of paths.
pub fn paths() -> ArgValueCompleter {
    completer(|_, known| {
        let all = known.context.app.catalog().all().into_iter();
        all.map(|(path, _)| (path.id.clone(), path.title.clone())).collect()
    })
}

/// Completes ids of the paths that are followed, installed or not.
pub fn followed() -> ArgValueCompleter {
    completer(|_, known| {
        let title =
            |id: &str| known.context.app.catalog().roadmap(id).map_or("", |path| &path.title);
        let ids = known.standing.followed_ids().into_iter();
        // What no shell could be given without harm is no id.
        let ids = ids.filter(|id| Ref::path_only(id).is_sound());
        ids.map(|id| (id.to_owned(), title(id).to_owned())).collect()
    })
}

/// Completes ids of stages, of the followed paths where there are any.
pub fn stages() -> ArgValueCompleter {
    completer(|_, known| {
        let stages = in_use(known).into_iter().flat_map(|path| &path.stages);
        unique(stages.map(|stage| (stage.id.clone(), stage.title.clone())))
    })
}

/// Completes ids of topics, of the followed paths where there are any.
pub fn topics() -> ArgValueCompleter {
    completer(|_, known| {
        let stages = in_use(known).into_iter().flat_map(|path| &path.stages);
        let topics = stages.flat_map(|stage| &stage.topics);
        unique(topics.map(|topic| (topic.id.clone(), topic.title.clone())))
    })
}

/// Completes days that are often meant.
pub fn past_days() -> ArgValueCompleter {
    completer(|_, _| {
        [
            "today",
            "yesterday",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ]
        .map(|word| (word.to_owned(), String::new()))
        .to_vec()
    })
}

/// Completes what can be removed: ids of your own paths, and `career` where there is one.
pub fn removable() -> ArgValueCompleter {
    completer(|_, known| {
        let catalog = known.context.app.catalog();
        let is_own = |(path, source): &(&Roadmap, Source)| {
            // Its overlay can be removed of one that ships.
            *source != Source::BuiltIn || catalog.overlay_place(path).is_some()
        };
        let own = catalog.all().into_iter().filter(is_own);
        let mut own: Vec<_> = own.map(|(path, _)| (path.id.clone(), path.title.clone())).collect();
        if catalog.career_source() != Source::BuiltIn {
            let title = catalog.career().map_or("", |career| &career.title);
            own.push((CAREER.to_owned(), title.to_owned()));
        }
        own
    })
}

/// Completes references of what can be hidden, and of what is.
pub fn hidden_or_not() -> ArgValueCompleter {
    completer(|typed, known| {
        let mut all = found(typed, known, Wanted::All);
        let catalog = known.context.app.catalog();
        let followed = known.standing.followed_ids();
        let paths: Vec<&str> = match typed.split_once('/') {
            Some((path, _)) => vec![path],
            None => followed,
        };
        for path in paths.into_iter().filter_map(|id| catalog.roadmap(id)) {
            let is_full = typed.contains('/');
            let name = |id: &String| match is_full {
                true => Ref::node(&path.id, id).to_string(),
                false => id.clone(),
            };
            all.extend(path.hidden.iter().map(|id| (name(id), "hidden".to_owned())));
        }
        all
    })
}

/// Completes names of remotes.
pub fn remotes() -> ArgValueCompleter {
    completer(|_, known| {
        let query = sync::status::Query::default();
        let found = sync::status::report(&query, &known.context.app);
        let remotes = found.map(|answer| answer.report.remotes).unwrap_or_default();
        remotes.into_iter().map(|one| (one.name, place(&one.url))).collect()
    })
}

/// Completes ids of skill areas.
pub fn areas() -> ArgValueCompleter {
    of_career(|career| {
        career.areas.iter().map(|area| (area.id.clone(), area.title.clone())).collect()
    })
}

/// Completes ids of roles.
pub fn roles() -> ArgValueCompleter {
    of_career(|career| {
        career.roles.iter().map(|role| (role.id.clone(), role.title.clone())).collect()
    })
}

/// Completes ids of mock interviews.
pub fn practice() -> ArgValueCompleter {
    of_career(|career| {
        career.practice.iter().map(|one| (one.id.clone(), one.title.clone())).collect()
    })
}

/// A value, and what it stands for.
type Value = (String, String);

/// Offers those of some values that begin like the word that is typed.
fn completer(
    values: impl Fn(&str, &Known) -> Vec<Value> + Send + Sync + 'static,
) -> ArgValueCompleter {
    ArgValueCompleter::new(move |current: &OsStr| {
        let (Some(typed), Some(known)) = (current.to_str(), Known::find()) else {
            return Vec::new();
        };
        let begun = values(typed, &known).into_iter().filter(|(value, _)| value.starts_with(typed));
        begun
            .map(|(value, title)| {
                let help = Some(title).filter(|title| !title.is_empty());
                let help = help.map(|title| safe::line(&title).into_owned().into());
                CompletionCandidate::new(value).help(help)
            })
            .collect()
    })
}

fn of_career(names: impl Fn(&Career) -> Vec<Value> + Send + Sync + 'static) -> ArgValueCompleter {
    completer(move |_, known| known.context.app.catalog().career().map(&names).unwrap_or_default())
}

fn found(typed: &str, known: &Known, wanted: Wanted) -> Vec<Value> {
    let catalog = known.context.app.catalog();
    let view = known.view();
    let of_path = |roadmap: &Roadmap, prefix: &str, typed: &str| -> Vec<Value> {
        let ids = roadmap.ids().filter(|id| id.starts_with(typed));
        let nodes = ids.filter_map(|id| Some((id, roadmap.node(id)?)));
        nodes
            .filter(|(_, node)| wanted.takes(node, &view))
            .map(|(id, node)| (format!("{prefix}{id}"), node.title().to_owned()))
            .collect()
    };
    if let Some((path, id)) = typed.split_once('/') {
        let roadmap = catalog.roadmap(path);
        return roadmap.map_or_else(Vec::new, |path| of_path(path, &format!("{}/", path.id), id));
    }
    let all = catalog.all().into_iter().map(|(path, _)| path);
    let mut found: Vec<Value> = all
        .filter(|path| path.id.starts_with(typed) && wanted.takes(&Node::Path(path), &view))
        .map(|path| (path.id.clone(), path.title.clone()))
        .collect();
    for roadmap in known.context.app.followed(&known.standing) {
        found.extend(of_path(roadmap, "", typed));
    }
    found
}

/// The followed paths; all where none is followed.
fn in_use(known: &Known) -> Vec<&Roadmap> {
    let followed = known.context.app.followed(&known.standing);
    if followed.is_empty() {
        known.context.app.catalog().all().into_iter().map(|(path, _)| path).collect()
    } else {
        followed
    }
}

fn unique(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    values.filter(|(id, _)| seen.insert(id.clone())).collect()
}
