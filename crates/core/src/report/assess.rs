//! The learner's own assessment of skill areas: what is known of each, and levels to record.

use chrono::NaiveDate;
use milepost_path::{Area, HIGHEST, LEVELS, NodeKind, Ref, Role};
use serde::Serialize;

use super::{Answer, App, Hint, Named, Result, Warning, aim, remark};
use crate::catalog::reference::named;
use crate::model::event::{Annotation, EventKind, NewEvent};
use crate::model::fit::{Core, Fit, core, fit, history, suggestion};
use crate::model::learner::Learner;
use crate::model::standing::Assessment;

/// What is asked, and what is to be recorded before it is answered.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The only area to report on, by its id or title.
    pub area: Option<String>,
    /// The role to compare with; without one, the role that the learner aims at.
    pub role: Option<String>,
    /// The levels to record.
    pub given: Vec<Given>,
    /// Whether the learner meant evidence that leads nowhere.
    pub is_meant: bool,
    /// The day that they are for.
    pub on: NaiveDate,
    /// Whether the learner wants to record something: where no level is given, a hint says how.
    pub to_record: bool,
}

/// The level of an area, as the learner sees it.
#[derive(Debug, Clone)]
pub struct Given {
    /// The id or title of the area.
    pub area: String,
    /// The level, 0 to [`HIGHEST`].
    pub level: u8,
    /// What shows it.
    pub remark: Annotation,
}

/// Why levels cannot be recorded.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such level.
    NoLevel(u8),
}

/// The areas, and what was recorded of them.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// The role that they are compared with.
    pub role: Option<RolePart>,
    /// The areas, in the order of the career file.
    pub areas: Vec<AreaPart>,
    /// The areas of which something was recorded.
    pub changed: Vec<Changed>,
    /// The areas of which the same was recorded for that day before.
    pub unchanged: Vec<Ref>,
}

/// A role, and how well the levels fit it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RolePart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The fit with all that it needs.
    pub fit: Fit,
    /// How near the learner is where it matters most.
    pub core: Core,
}

/// A skill area.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AreaPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// None where it was never assessed.
    pub level: Option<u8>,
    /// The level's word.
    pub word: Option<&'static str>,
    /// The day of the newest assessment.
    pub on: Option<NaiveDate>,
    /// The level that the role needs; none without a role.
    pub target: Option<u8>,
    /// What is true of somebody who has each level, from the first on.
    pub statements: [String; HIGHEST],
    /// A level above the present one that the record speaks for.
    pub suggestion: Option<SuggestionPart>,
    /// Its assessments, oldest first.
    pub history: Vec<Said>,
}

/// One assessment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Said {
    /// Its day.
    pub on: NaiveDate,
    /// The level.
    pub level: u8,
    /// The note on it.
    pub note: Option<String>,
    /// What shows it.
    pub evidence: Vec<String>,
}

/// A level above the present one that the record speaks for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SuggestionPart {
    /// The level.
    pub level: u8,
    /// What speaks for it.
    pub because: Vec<By>,
}

/// Something finished that speaks for a level.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct By {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
}

/// An area of which something was recorded.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Changed {
    /// The reference of the area.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The level before; `None` if it was never assessed.
    pub from: Option<u8>,
    /// The level now.
    pub to: u8,
}

/// Records the given levels, and reports on the areas.
///
/// # Errors
/// An area, role or level is unknown, what is said of a level cannot be said, or the record cannot be
/// read or written; then nothing was recorded.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    // What is wrong with the question is told before anything is recorded.
    query.area.as_deref().map(|id| area(id, app)).transpose()?;
    query.role.as_deref().map(|id| aim::role(id, app)).transpose()?;
    let (changed, unchanged) = record(query, app)?;
    let report = Report { changed, unchanged, ..areas(query, app)? };
    let hint = (query.to_record && query.given.is_empty()).then_some(Hint::HowToAssess);
    let said = query.given.iter().filter(|_| !query.is_meant).map(|one| &one.remark.evidence);
    let slips = said.flat_map(|evidence| remark::slips(evidence));
    let slips: Vec<Warning> = slips.map(|text| Warning::Evidence(text.clone(), None)).collect();
    let mut answer = app.answer(report).hint(hint);
    answer.warnings.extend(slips);
    Ok(answer)
}

/// The areas as they are, for a dialog that goes on to ask about them.
///
/// # Errors
/// An area or role is unknown, or the record cannot be read.
pub fn areas(query: &Query, app: &App) -> Result<Report> {
    let career = aim::career(app)?;
    let only = query.area.as_deref().map(|id| area(id, app)).transpose()?;
    let standing = app.standing()?;
    let role = aim::target(query.role.as_deref(), &standing, app)?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let shown = career.areas.iter().filter(|one| only.is_none_or(|only| only.id == one.id));
    Ok(Report {
        role: role.map(|role| RolePart {
            id: role.id.clone(),
            title: role.title.clone(),
            fit: fit(career, role, &standing),
            core: core(career, role, &standing),
        }),
        areas: shown.map(|area| AreaPart::new(area, role, &view)).collect(),
        changed: Vec::new(),
        unchanged: Vec::new(),
    })
}

impl Report {
    /// The areas to ask about: those that were not assessed on a day, or all of them `again`.
    pub fn to_ask(&self, on: NaiveDate, again: bool) -> Vec<&AreaPart> {
        self.areas.iter().filter(|area| again || area.on != Some(on)).collect()
    }
}

/// The area with this id or title.
///
/// # Errors
/// The career file has none.
pub fn area<'a>(text: &str, app: &'a App) -> Result<&'a Area> {
    let areas = &aim::career(app)?.areas;
    let names = areas.iter().map(|area| (area.id.as_str(), area.title.as_str()));
    named(text, names).and_then(|at| areas.get(at)).ok_or_else(|| {
        let known = areas.iter().map(|area| area.id.as_str());
        super::Refusal::unknown(Named::Area, text, known).into()
    })
}

impl AreaPart {
    fn new(area: &Area, role: Option<&Role>, view: &Learner<'_>) -> Self {
        let history = history(view.standing.all(), area);
        let last = history.last();
        let level = last.map(|last| last.level);
        Self {
            id: area.id.clone(),
            title: area.title.clone(),
            summary: area.summary.clone(),
            level,
            word: level.and_then(|level| LEVELS.get(usize::from(level)).copied()),
            on: last.map(|last| last.on),
            target: role.map(|role| role.target(&area.id)),
            statements: area.levels.clone(),
            suggestion: SuggestionPart::new(area, view),
            history: history.into_iter().cloned().map(Said::from).collect(),
        }
    }
}

impl From<Assessment> for Said {
    fn from(Assessment { on, level, note, evidence }: Assessment) -> Self {
        Self { on, level, note, evidence }
    }
}

impl SuggestionPart {
    /// What the record speaks for, above what was said.
    fn new(area: &Area, view: &Learner<'_>) -> Option<Self> {
        let found = suggestion(area, view)?;
        let because = found.because.iter().map(|node| By {
            reference: node.reference(),
            kind: node.kind(),
            title: node.title().to_owned(),
        });
        Some(Self { level: found.level, because: because.collect() })
    }
}

/// Records the given levels in one transaction. What says nothing new on the same day is not
/// recorded twice.
fn record(query: &Query, app: &App) -> Result<(Vec<Changed>, Vec<Ref>)> {
    let (mut changed, mut unchanged) = (Vec::new(), Vec::new());
    if query.given.is_empty() {
        return Ok((changed, unchanged));
    }
    let mut given: Vec<(&Area, u8, Annotation)> = Vec::new();
    for one in &query.given {
        if usize::from(one.level) > HIGHEST {
            return Err(super::Refusal::Assess(Refusal::NoLevel(one.level)).into());
        }
        let said = remark::remark(one.remark.note.as_deref(), &one.remark.evidence)?;
        given.push((area(&one.area, app)?, one.level, said));
    }
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    let known = given.iter().flat_map(|(area, _, _)| area.ids()).map(|id| Ref::area(id));
    let standing = writing.reading().standing_of(&known.collect::<Vec<_>>())?;
    for (area, level, remark) in given {
        let subject = Ref::area(&area.id);
        let history = history(&standing, area);
        let before = history.last();
        if before.is_some_and(|before| says_nothing_new(before, level, &remark, query.on)) {
            unchanged.push(subject);
            continue;
        }
        let fact = EventKind::Assessed { level, remark };
        let title = Some(area.title.clone());
        writing.append(NewEvent { subject: subject.clone(), title, fact }, query.on)?;
        changed.push(Changed {
            reference: subject,
            title: area.title.clone(),
            from: before.map(|before| before.level),
            to: level,
        });
    }
    if changed.is_empty() {
        drop(writing);
    } else {
        app.commit(writing)?;
    }
    Ok((changed, unchanged))
}

fn says_nothing_new(before: &Assessment, level: u8, remark: &Annotation, on: NaiveDate) -> bool {
    let known = |evidence: &String| before.evidence.contains(evidence);
    let noted = remark.note.is_none() || remark.note == before.note;
    before.on == on && before.level == level && noted && remark.evidence.iter().all(known)
}

#[cfg(test)]
mod tests;
