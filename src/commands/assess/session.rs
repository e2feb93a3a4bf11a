//! The questions of `assess`: area by area, statement by statement.

use milepost_core::report::assess::{self, AreaPart, Given, Query, Report};
use milepost_core::{Annotation, Answer, App, Hint};
use milepost_path::{LEVELS, safe};

use super::text::speaks;
use crate::commands::shared::mark;
use crate::error::{Error, Kind, Result};
use crate::output::Output;
use crate::text::{quantity, width};

/// What is asked about.
pub(super) struct Session {
    /// The areas, the role, and the day that the answers are for.
    pub(super) query: Query,
    /// Whether to ask again about what was assessed on that day.
    pub(super) again: bool,
    /// What was given on the command line; then it is not asked for.
    pub(super) remark: Annotation,
}

impl Session {
    /// Asks, and records each area as soon as it is answered; gives the report of all that was
    /// recorded, with the error that ended the session.
    ///
    /// # Errors
    /// Nothing was recorded.
    pub(super) fn run(
        &self,
        app: &App,
        out: &mut Output<'_, '_>,
    ) -> Result<(Answer<Report>, Result<()>)> {
        let before = assess::areas(&self.query, app)?;
        // Naming an area asks to be asked about it.
        let again = self.again || self.query.area.is_some();
        let areas = before.to_ask(self.query.on, again);
        let mut told: Option<Answer<Report>> = None;
        for (at, area) in areas.iter().enumerate() {
            let place = format!("{} of {}", at + 1, areas.len());
            match self.answer(area, &place, &before, app, out) {
                Ok(answer) => told = Some(joined(told, answer)),
                Err(error) => {
                    let Some(answer) = told else { return Err(error) };
                    return Ok((answer, Err(stopped(error, at))));
                }
            }
        }
        let answer = match told {
            Some(answer) => answer,
            None => assess::report(&self.query, app)?.hint(Hint::AllAssessed),
        };
        Ok((answer, Ok(())))
    }

    /// Asks about an area, and records the answer.
    fn answer(
        &self,
        area: &AreaPart,
        place: &str,
        before: &Report,
        app: &App,
        out: &mut Output<'_, '_>,
    ) -> Result<Answer<Report>> {
        introduce(area, place, before, out);
        let given = self.ask(area, out)?;
        // What was given on the command line was asked about before.
        let is_meant = match self.remark.evidence.is_empty() {
            true => mark::is_meant(&given.remark.evidence, out)?,
            false => self.query.is_meant,
        };
        Ok(assess::report(&Query { given: vec![given], is_meant, ..self.query.clone() }, app)?)
    }

    fn ask(&self, area: &AreaPart, out: &mut Output<'_, '_>) -> Result<Given> {
        let columns = out.screen().text_width();
        let mut level = 0;
        for (statement, word) in area.statements.iter().zip(LEVELS.iter().skip(1)) {
            let label = format!("  {} {word}: ", level + 1);
            let indent = " ".repeat(label.len());
            let statement = safe::line(statement);
            out.tell(&width::wrap_indented(&label, &indent, &statement, columns));
            let prompt = out.prompt().ok_or_else(Error::cancelled)?;
            if !prompt.confirm("  Is this true of you, and could you show it?")? {
                break;
            }
            level += 1;
        }
        let mut remark = self.remark.clone();
        if level > 0 && remark.evidence.is_empty() {
            let prompt = out.prompt().ok_or_else(Error::cancelled)?;
            let said = prompt.line("  Evidence (URL, file or commit; enter to skip)")?;
            let evidence: Vec<String> = said.into_iter().collect();
            remark.evidence = mark::remark(None, &evidence)?.evidence;
        }
        Ok(Given { area: area.id.clone(), level, remark })
    }
}

/// An answer after those before it: what they recorded and said goes with it.
fn joined(before: Option<Answer<Report>>, mut now: Answer<Report>) -> Answer<Report> {
    if let Some(before) = before {
        now.report.changed.splice(..0, before.report.changed);
        now.report.unchanged.splice(..0, before.report.unchanged);
        now.warnings.splice(..0, before.warnings);
    }
    now
}

/// The error that ended a session in which so many areas were recorded.
fn stopped(error: Error, count: usize) -> Error {
    if error.kind() != Kind::Cancelled {
        return error;
    }
    let kept = quantity::count(count, "area");
    Error::stopped(format!("stopped; {kept} saved"))
        .hint("`milepost assess` continues with the rest")
}

/// Says what is known of an area that is asked about.
fn introduce(area: &AreaPart, place: &str, report: &Report, out: &mut Output<'_, '_>) {
    let screen = out.screen();
    let columns = screen.text_width();
    let mut facts = vec![place.to_owned()];
    if let (Some(level), Some(on)) = (area.level, area.on) {
        facts.push(format!("you said level {level} on {on}"));
    }
    if let (Some(role), Some(target)) = (&report.role, area.target) {
        facts.push(format!("{} needs level {target}", safe::line(&role.title)));
    }
    let title = screen.paint.heading(&safe::line(&area.title));
    let head = format!("{title} ({})", facts.join(", "));
    let mut text = format!("\n{}", width::wrap_indented("", "  ", &head, columns));
    if let Some(summary) = area.summary.as_deref().map(safe::line) {
        text.push_str(&width::wrap_indented("  ", "  ", &summary, columns));
    }
    if let Some(found) = &area.suggestion {
        let line = format!("your record suggests level {}: {}", found.level, speaks(found));
        text.push_str(&width::wrap_indented("  ", "  ", &line, columns));
    }
    out.tell(&text);
}
