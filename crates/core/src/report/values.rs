//! What a front end can offer while somebody types the name of a thing.
//!
//! No answer with warnings, and no error: what is not known at once is not offered.

use std::collections::HashSet;

use milepost_path::{CAREER, Career, Item, Node, QUESTION, Ref, Roadmap};

use super::{App, sync};
use crate::catalog::Source;
use crate::model::counting;
use crate::model::learner::Learner;
use crate::model::standing::{Standing, Status};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query<'q> {
    /// What can stand there.
    pub kind: Kind,
    /// What is typed already: only values that begin with it are found.
    pub typed: &'q str,
}

/// What can stand in a place of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// References of anything: ids of paths and in followed ones, and `path/item` of any.
    Anything,
    /// References of what has something that is neither done nor skipped.
    Open,
    /// References of what has something that is not begun.
    NotBegun,
    /// References of what has something that was begun, finished or skipped.
    Begun,
    /// References of all that can be shown: interview questions, too.
    Shown,
    /// References of what can be hidden, and of what is.
    HiddenOrNot,
    /// Ids of paths.
    Path,
    /// Ids of the paths that are followed, installed or not.
    Followed,
    /// Ids of your own paths, and `career` where there is one.
    Removable,
    /// Ids of stages, of the followed paths where there are any.
    Stage,
    /// Ids of topics, of the followed paths where there are any.
    Topic,
    /// Ids of skill areas.
    Area,
    /// Ids of roles.
    Role,
    /// Ids of mock interviews.
    Practice,
    /// Names of remotes.
    Remote,
}

/// A value that can stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What is typed.
    pub text: String,
    /// What it stands for.
    pub about: About,
}

/// What a value stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Something with a title; an empty one if it is not known.
    Title(String),
    /// The beginning of each of a path's interview questions.
    Questions,
    /// Something that an overlay hides.
    Hidden,
    /// A remote at this address.
    Remote(String),
}

impl Kind {
    /// Whether a command for such things can do something with a node.
    fn takes(self, node: &Node<'_>, view: &Learner<'_>) -> bool {
        let has = |items: Vec<Item<'_>>, is: &dyn Fn(Status) -> bool| {
            items.iter().any(|item| is(view.status(item)))
        };
        match self {
            Self::Open => !view.is_finished(node),
            Self::NotBegun if node.kind().is_item() => has(node.items(), &|s| s == Status::Todo),
            Self::NotBegun => has(counting::goals(view, node), &|s| s == Status::Todo),
            Self::Begun => has(node.items(), &|s| s != Status::Todo),
            _ => true,
        }
    }
}

/// Finds the values of a kind that begin with what is typed.
pub fn report(query: &Query<'_>, app: &App) -> Vec<Value> {
    let standing = app.glance().ok().flatten().unwrap_or_default();
    let known = Known { app, standing, typed: query.typed };
    let mut found = match query.kind {
        Kind::Anything | Kind::Open | Kind::NotBegun | Kind::Begun => known.references(query.kind),
        Kind::Shown => known.shown(),
        Kind::HiddenOrNot => known.hidden_or_not(),
        Kind::Path => known.paths(),
        Kind::Followed => known.followed(),
        Kind::Removable => known.removable(),
        Kind::Stage => known.stages(),
        Kind::Topic => known.topics(),
        Kind::Area => known.of_career(|career| {
            career.areas.iter().map(|area| titled(&area.id, &area.title)).collect()
        }),
        Kind::Role => known.of_career(|career| {
            career.roles.iter().map(|role| titled(&role.id, &role.title)).collect()
        }),
        Kind::Practice => known.of_career(|career| {
            career.practice.iter().map(|one| titled(&one.id, &one.title)).collect()
        }),
        Kind::Remote => known.remotes(),
    };
    found.retain(|value| value.text.starts_with(query.typed));
    found
}

fn titled(text: impl Into<String>, title: &str) -> Value {
    Value { text: text.into(), about: About::Title(title.to_owned()) }
}

/// What the catalog and the record say, as far as it can be had at once.
struct Known<'a> {
    app: &'a App,
    standing: Standing,
    typed: &'a str,
}

impl Known<'_> {
    fn references(&self, kind: Kind) -> Vec<Value> {
        let catalog = self.app.catalog();
        let view = Learner { shelf: catalog, standing: &self.standing };
        let of_path = |roadmap: &Roadmap, prefix: &str, typed: &str| -> Vec<Value> {
            let ids = roadmap.ids().filter(|id| id.starts_with(typed));
            let nodes = ids.filter_map(|id| Some((id, roadmap.node(id)?)));
            nodes
                .filter(|(_, node)| kind.takes(node, &view))
                .map(|(id, node)| titled(format!("{prefix}{id}"), node.title()))
                .collect()
        };
        if let Some((path, id)) = self.typed.split_once('/') {
            let roadmap = catalog.roadmap(path);
            return roadmap
                .map_or_else(Vec::new, |path| of_path(path, &format!("{}/", path.id), id));
        }
        let all = catalog.all().into_iter().map(|(path, _)| path);
        let mut found: Vec<Value> = all
            .filter(|path| path.id.starts_with(self.typed) && kind.takes(&Node::Path(path), &view))
            .map(|path| titled(&path.id, &path.title))
            .collect();
        for roadmap in self.app.followed(&self.standing) {
            found.extend(of_path(roadmap, "", self.typed));
        }
        found
    }

    fn shown(&self) -> Vec<Value> {
        let mut all = self.references(Kind::Anything);
        let Some((path, id)) = self.typed.split_once('/') else {
            return all;
        };
        let Some(roadmap) = self.app.catalog().roadmap(path) else {
            return all;
        };
        let mut questions = roadmap.questions().peekable();
        if id.starts_with(QUESTION) {
            all.extend(
                questions.map(|asked| titled(asked.reference().to_string(), &asked.question.ask)),
            );
        } else if questions.peek().is_some() && QUESTION.starts_with(id) {
            // Hundreds of them would hide the items.
            all.push(Value { text: format!("{path}/{QUESTION}"), about: About::Questions });
        }
        all
    }

    fn hidden_or_not(&self) -> Vec<Value> {
        let mut all = self.references(Kind::Anything);
        let catalog = self.app.catalog();
        let is_full = self.typed.contains('/');
        let paths: Vec<&str> = match self.typed.split_once('/') {
            Some((path, _)) => vec![path],
            None => self.standing.followed_ids(),
        };
        for path in paths.into_iter().filter_map(|id| catalog.roadmap(id)) {
            let name = |id: &String| match is_full {
                true => Ref::node(&path.id, id).to_string(),
                false => id.clone(),
            };
            let hidden = path.hidden.iter();
            all.extend(hidden.map(|id| Value { text: name(id), about: About::Hidden }));
        }
        all
    }

    fn paths(&self) -> Vec<Value> {
        let all = self.app.catalog().all().into_iter();
        all.map(|(path, _)| titled(&path.id, &path.title)).collect()
    }

    fn followed(&self) -> Vec<Value> {
        let title = |id: &str| self.app.catalog().roadmap(id).map_or("", |path| &path.title);
        let ids = self.standing.followed_ids().into_iter();
        // What no shell could be given without harm is no id.
        let ids = ids.filter(|id| Ref::path_only(id).is_sound());
        ids.map(|id| titled(id, title(id))).collect()
    }

    fn removable(&self) -> Vec<Value> {
        let catalog = self.app.catalog();
        let is_own = |(path, source): &(&Roadmap, Source)| {
            // Its overlay can be removed of one that ships.
            *source != Source::BuiltIn || catalog.overlay_place(path).is_some()
        };
        let own = catalog.all().into_iter().filter(is_own);
        let mut own: Vec<_> = own.map(|(path, _)| titled(&path.id, &path.title)).collect();
        if catalog.career_source() != Source::BuiltIn {
            own.push(titled(CAREER, catalog.career().map_or("", |career| &career.title)));
        }
        own
    }

    fn stages(&self) -> Vec<Value> {
        let stages = self.in_use().into_iter().flat_map(|path| &path.stages);
        unique(stages.map(|stage| titled(&stage.id, &stage.title)))
    }

    fn topics(&self) -> Vec<Value> {
        let stages = self.in_use().into_iter().flat_map(|path| &path.stages);
        let topics = stages.flat_map(|stage| &stage.topics);
        unique(topics.map(|topic| titled(&topic.id, &topic.title)))
    }

    fn of_career(&self, names: impl Fn(&Career) -> Vec<Value>) -> Vec<Value> {
        self.app.catalog().career().map(names).unwrap_or_default()
    }

    fn remotes(&self) -> Vec<Value> {
        let found = sync::status::report(&sync::status::Query::default(), self.app);
        let remotes = found.map(|answer| answer.report.remotes).unwrap_or_default();
        let value = |name, url| Value { text: name, about: About::Remote(url) };
        remotes.into_iter().map(|remote| value(remote.name, remote.url)).collect()
    }

    /// The followed paths; all where none is followed.
    fn in_use(&self) -> Vec<&Roadmap> {
        let followed = self.app.followed(&self.standing);
        if followed.is_empty() {
            self.app.catalog().all().into_iter().map(|(path, _)| path).collect()
        } else {
            followed
        }
    }
}

fn unique(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values.filter(|value| seen.insert(value.text.clone())).collect()
}
