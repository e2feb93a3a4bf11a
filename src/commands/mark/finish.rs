//! What `done` asks and says besides: the skills that a resource leaves studied, the criteria of a
//! milestone with what shows it, and what it requires that is still open.

use chrono::NaiveDate;
use serde::Serialize;

use super::Request;
use crate::commands::{row, unlock};
use crate::context::Context;
use crate::error::Result;
use crate::model::guidance::Lesson;
use crate::model::roadmap::{Item, Node, Ref};
use crate::model::standing::{Decision, Status};
use crate::model::view::{Readiness, View};
use crate::output::{Output, Screen};
use crate::report::change::Changed;
use crate::store::Store;
use crate::text::{quantity, safe, width};
use crate::words::item;

/// How many titles a line names.
const MOST_TITLES: usize = 3;

/// What was answered.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// The skills that you say you have; `None` if nobody was asked.
    pub(super) skills: Option<Vec<Ref>>,
    /// What shows a milestone; `None` if nobody was asked.
    pub(super) evidence: Option<Vec<String>>,
}

/// What becomes studied by resources that are done.
#[derive(Debug, Default)]
pub(super) struct Lessons<'a> {
    /// The skills that nothing open teaches any more.
    pub(super) studied: Vec<Item<'a>>,
    /// The other skills that they teach, with what still teaches them.
    later: Vec<(Item<'a>, Vec<Item<'a>>)>,
}

/// What `done` tells besides the changes.
#[derive(Debug, Default, Serialize)]
pub(super) struct Finished {
    /// Skills that became studied, so that their owner can say whether they are true.
    studied: Vec<Studied>,
    /// Skills that something else still teaches.
    later: Vec<Later>,
    /// Whether you have already answered which of them are true.
    #[serde(skip)]
    is_answered: bool,
    #[serde(skip)]
    unshown: Option<Unshown>,
    #[serde(skip)]
    waiting: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Studied {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    can: Option<String>,
    /// Whether it is still to be marked.
    #[serde(skip)]
    is_open: bool,
}

#[derive(Debug, Serialize)]
struct Later {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    /// What still teaches it.
    after: Vec<Titled>,
}

#[derive(Debug, Serialize)]
struct Titled {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
}

/// Milestones that nothing shows yet.
#[derive(Debug)]
enum Unshown {
    /// All that a command names is one milestone, with these criteria.
    One(Ref, Vec<String>),
    /// There are other things beside them.
    Several,
}

impl<'a> Lessons<'a> {
    /// Looks at the topics of the resources among some items, before and after they are marked.
    pub(super) fn of(
        items: &[Item<'a>],
        before: &View<'_>,
        after: &View<'_>,
        today: NaiveDate,
    ) -> Self {
        let mut lessons = Self::default();
        for item in items.iter().filter(|item| item.resource().is_some()) {
            if after.status(item) != Status::Done {
                continue;
            }
            let of = |view| Lesson::of(view, item, today);
            let (Some(was), Some(is)) = (of(before), of(after)) else { continue };
            let own = |other: &Item<'_>| item.roadmap.item(other.id());
            let known: Vec<Ref> = was.studied().iter().map(Item::reference).collect();
            let taught = item.resource().map_or(&[][..], |resource| &resource.skills);
            let studied = is.studied().into_iter().filter(|skill| {
                taught.iter().any(|id| id == skill.id()) || !known.contains(&skill.reference())
            });
            for skill in studied.filter_map(|skill| own(&skill)) {
                lessons.add(skill);
            }
            for (skill, teachers) in is.taught_later(item) {
                let teachers = teachers.iter().filter_map(own).collect();
                let is_new = |skill: &Item<'_>| {
                    !lessons.later.iter().any(|(one, _)| one.reference() == skill.reference())
                };
                lessons.later.extend(own(&skill).filter(is_new).map(|skill| (skill, teachers)));
            }
        }
        lessons
    }

    fn add(&mut self, skill: Item<'a>) {
        if !self.studied.iter().any(|one| one.reference() == skill.reference()) {
            self.studied.push(skill);
        }
    }
}

/// Asks at the terminal what a mark can be told besides; nobody is asked for JSON.
///
/// # Errors
/// A question was not answered, or the record cannot be read.
pub(super) fn ask(
    request: &Request<'_>,
    items: &[Item<'_>],
    store: Option<&mut Store>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<Answers> {
    let mut answers = Answers::default();
    if request.status != Some(Status::Done) || out.is_json() || out.prompt().is_none() {
        return Ok(answers);
    }
    let standing = match store {
        Some(store) => store.read()?.standing_of(&super::wanted(items, context.catalog()))?,
        None => Default::default(),
    };
    let view = View { shelf: context.catalog(), standing: &standing };
    let decision = super::decide(request, &request.remark, items, &view);
    let after = super::after(&standing, &decision, request.on);
    let lessons = Lessons::of(items, &view, &View { standing: &after, ..view }, context.today());
    if !lessons.studied.is_empty() && !request.with_skills {
        answers.skills = Some(ask_skills(&lessons.studied, out)?);
    }
    if let Some(Unshown::One(_, criteria)) = Unshown::of(request, items, &decision, &view) {
        answers.evidence = Some(ask_evidence(&criteria, out)?);
    }
    Ok(answers)
}

/// Asks which skills you have. Nothing is preselected: what you studied is not yet what you can do.
fn ask_skills(skills: &[Item<'_>], out: &mut Output<'_, '_>) -> Result<Vec<Ref>> {
    let Some(prompt) = out.prompt() else { return Ok(Vec::new()) };
    let mut lines = vec!["none of them yet".to_owned()];
    lines.extend(skills.iter().map(|skill| match can(skill) {
        Some(can) => format!("{}: {}", safe::line(skill.title()), safe::line(can)),
        None => safe::line(skill.title()).into_owned(),
    }));
    let chosen = prompt.choose_some("Studied. Which of these are true of you?", &lines)?;
    let chosen = chosen.into_iter().filter_map(|at| skills.get(at.checked_sub(1)?));
    Ok(chosen.map(Item::reference).collect())
}

fn can<'a>(skill: &Item<'a>) -> Option<&'a str> {
    match skill.what {
        crate::model::roadmap::What::Skill(skill) => skill.can.as_deref(),
        _ => None,
    }
}

impl Unshown {
    /// The milestones that a request finishes, where nothing shows them. What was credited is shown
    /// elsewhere.
    fn of(
        request: &Request<'_>,
        items: &[Item<'_>],
        decision: &Decision,
        before: &View<'_>,
    ) -> Option<Self> {
        if request.known
            || request.status != Some(Status::Done)
            || !request.remark.evidence.is_empty()
        {
            return None;
        }
        let milestones = items.iter().filter(|item| item.milestone().is_some());
        let mut new = milestones.filter(|item| {
            let is_changed = decision.changed.iter().any(|one| one.named == item.reference());
            is_changed && before.is_open(item) && before.evidence(item).is_empty()
        });
        let first = new.next()?;
        if items.len() > 1 {
            return Some(Self::Several);
        }
        let criteria = first.milestone().map_or(&[][..], |milestone| &milestone.criteria);
        let criteria = criteria.iter().map(|one| one.text.clone()).collect();
        Some(Self::One(first.reference(), criteria))
    }
}

/// Shows the criteria of a milestone, and asks what shows that they are met.
fn ask_evidence(criteria: &[String], out: &mut Output<'_, '_>) -> Result<Vec<String>> {
    let screen = out.screen();
    if !criteria.is_empty() {
        out.tell(&format!("It is done when:\n{}", bullets(criteria, &screen)));
    }
    let Some(prompt) = out.prompt() else { return Ok(Vec::new()) };
    let said = prompt.line("What shows it? A URL, file or commit; enter for nothing")?;
    let evidence: Vec<String> = said.into_iter().collect();
    let evidence = super::remark(None, &evidence)?.evidence;
    super::check(&evidence, out)?;
    Ok(evidence)
}

fn bullets(criteria: &[String], screen: &Screen) -> String {
    let columns = screen.text_width();
    let bullet = |one: &String| {
        let one = safe::block(one);
        width::wrap_indented("    - ", "      ", &one, columns)
    };
    criteria.iter().map(bullet).collect()
}

impl Finished {
    /// What is told once all is decided.
    pub(super) fn new(
        request: &Request<'_>,
        items: &[Item<'_>],
        lessons: &Lessons<'_>,
        answers: &Answers,
        decision: &Decision,
        (before, after): (&View<'_>, &View<'_>),
    ) -> Self {
        let studied = lessons.studied.iter().map(|skill| Studied {
            reference: skill.reference(),
            title: skill.title().to_owned(),
            can: can(skill).map(str::to_owned),
            is_open: after.is_open(skill),
        });
        let titled = |item: &Item<'_>| Titled {
            reference: item.reference(),
            title: item.title().to_owned(),
        };
        let later = lessons.later.iter().map(|(skill, teachers)| Later {
            reference: skill.reference(),
            title: skill.title().to_owned(),
            after: teachers.iter().map(titled).collect(),
        });
        let is_asked = answers.evidence.is_some();
        Self {
            studied: studied.collect(),
            later: later.collect(),
            is_answered: answers.skills.is_some(),
            unshown: Unshown::of(request, items, decision, before).filter(|_| !is_asked),
            waiting: if request.known { Vec::new() } else { waiting(items, decision, after) },
        }
    }

    /// The lines for people.
    pub(super) fn text(&self, changed: &[Changed], screen: &Screen) -> String {
        let columns = screen.text_width();
        let mut text = String::new();
        let mut sentence = |line: &str| {
            text.push_str(&width::wrap_indented("    ", "    ", line, columns));
        };
        for line in &self.waiting {
            sentence(line);
        }
        match &self.unshown {
            None => {}
            Some(Unshown::Several) => {
                sentence("what shows a milestone: `milepost note REF --evidence URL`");
            }
            Some(Unshown::One(name, criteria)) => {
                let command = format!("`milepost note {name} --evidence URL`");
                sentence(&format!("what to show with {command}:"));
                text.push_str(&bullets(criteria, screen));
            }
        }
        if !self.is_answered {
            text.push_str(&self.questions(changed, screen));
        }
        for one in &self.later {
            let titles: Vec<&str> = one.after.iter().map(|one| one.title.as_str()).collect();
            let line = format!("not yet: {}, after {}", one.title, quantity::list(&titles));
            text.push_str(&width::wrap_indented("", "  ", &safe::line(&line), columns));
        }
        text
    }

    fn questions(&self, changed: &[Changed], screen: &Screen) -> String {
        let open: Vec<&Studied> = self.studied.iter().filter(|one| one.is_open).collect();
        if open.is_empty() {
            return String::new();
        }
        let mut text = format!("{}\n", screen.paint.heading(item::STUDIED));
        for one in &open {
            let question = one.can.as_deref().unwrap_or(&one.title);
            text.push_str(&row::question(question, &one.reference, screen));
        }
        if let ([_, _, ..], [one]) = (open.as_slice(), changed) {
            let name = &one.reference;
            let line = format!("all of them: `milepost done {name} --with-skills`");
            text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
        }
        text
    }
}

/// The places that say whether what some items require is done.
pub(super) fn required(items: &[Item<'_>], context: &Context) -> Vec<Ref> {
    let milestones = items.iter().filter(|item| item.milestone().is_some());
    let nodes: Vec<Node<'_>> = milestones.copied().map(Node::Item).collect();
    unlock::required(context.catalog(), nodes.iter().flat_map(Node::requirements))
}

/// What is still open of what milestones require, a line for each of them.
fn waiting(items: &[Item<'_>], decision: &Decision, after: &View<'_>) -> Vec<String> {
    let mut readiness = Readiness::new(*after);
    let milestones = items.iter().filter(|item| item.milestone().is_some());
    let new = milestones.filter(|item| {
        let name = item.reference();
        decision.changed.iter().any(|change| change.named == name && change.from != change.to)
    });
    let new: Vec<&Item<'_>> = new.collect();
    let line = |item: &&Item<'_>| {
        let unmet = readiness.unmet(&Node::Item(**item));
        let mut titles: Vec<String> =
            unmet.into_iter().map(|one| item::requirement(one, after.shelf)).collect();
        if titles.is_empty() {
            return None;
        }
        let more = titles.len().saturating_sub(MOST_TITLES);
        titles.truncate(MOST_TITLES);
        titles.extend((more > 0).then(|| format!("{more} more")));
        let of = if new.len() > 1 { safe::line(item.title()) } else { "it".into() };
        Some(format!("{of} requires what is still open: {}", quantity::list(&titles)))
    };
    new.iter().filter_map(line).collect()
}
