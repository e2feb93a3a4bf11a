//! The questions of `assess`: area by area, statement by statement.

use chrono::NaiveDate;

use super::{Given, Recorded, record, suggested, to_ask};
use crate::commands::mark;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::model::career::{Area, Career, LEVELS, Role};
use crate::model::event::Remark;
use crate::model::fit::history;
use crate::model::standing::Standing;
use crate::model::view::View;
use crate::output::Output;
use crate::text::{quantity, safe, width};

/// What is asked, and of what.
pub(super) struct Session<'a> {
    pub(super) career: &'a Career,
    pub(super) role: Option<&'a Role>,
    pub(super) on: NaiveDate,
    /// Also about what was assessed on that day.
    pub(super) again: bool,
    /// The only area to ask about.
    pub(super) area: Option<&'a Area>,
    /// What was given on the command line; then it is not asked for.
    pub(super) remark: &'a Remark,
}

impl Session<'_> {
    /// Asks, and records each area as soon as it is answered.
    pub(super) fn run(
        &self,
        standing: &Standing,
        recorded: &mut Recorded,
        context: &Context,
        out: &mut Output<'_, '_>,
    ) -> Result<()> {
        let areas = match self.area {
            Some(area) => vec![area],
            None if self.again => self.career.areas.iter().collect(),
            None => to_ask(self.career, standing, self.on),
        };
        if areas.is_empty() {
            out.say("all areas were assessed today already: `milepost assess --again` asks again");
        }
        for (at, area) in areas.iter().enumerate() {
            let place = format!("{} of {}", at + 1, areas.len());
            let given = match self.ask(area, &place, standing, context, out) {
                Ok(given) => given,
                Err(error) => {
                    if at == 0 || error.kind() != Kind::Cancelled {
                        return Err(error);
                    }
                    let kept = quantity::count(at, "area");
                    let is = if at == 1 { "is" } else { "are" };
                    return Err(Error::stopped(format!("stopped; {kept} {is} recorded"))
                        .hint("`milepost assess` goes on with the rest"));
                }
            };
            let Recorded { changed, unchanged } = record(&[given], self.on, context)?;
            recorded.changed.extend(changed);
            recorded.unchanged.extend(unchanged);
        }
        Ok(())
    }

    fn ask<'b>(
        &self,
        area: &'b Area,
        place: &str,
        standing: &Standing,
        context: &Context,
        out: &mut Output<'_, '_>,
    ) -> Result<Given<'b>> {
        self.introduce(area, place, standing, context, out);
        let columns = out.screen().text_width();
        let mut level = 0;
        for (statement, word) in area.levels.iter().zip(LEVELS.iter().skip(1)) {
            let label = format!("  {} {word}: ", level + 1);
            let indent = " ".repeat(label.len());
            let statement = safe::line(statement);
            out.tell(&width::wrap_indented(&label, &indent, &statement, columns));
            let prompt = out.prompt().ok_or_else(Error::cancelled)?;
            if !prompt.confirm("  True, and you could show it?")? {
                break;
            }
            level += 1;
        }
        let mut remark = self.remark.clone();
        if level > 0 && remark.evidence.is_empty() {
            let prompt = out.prompt().ok_or_else(Error::cancelled)?;
            let said = prompt.line("  What shows it? A URL, file or commit; enter for nothing")?;
            let evidence: Vec<String> = said.into_iter().collect();
            remark.evidence = mark::remark(None, &evidence)?.evidence;
            mark::check(&remark.evidence, out)?;
        }
        Ok(Given { area, level, remark })
    }

    fn introduce(
        &self,
        area: &Area,
        place: &str,
        standing: &Standing,
        context: &Context,
        out: &mut Output<'_, '_>,
    ) {
        let screen = out.screen();
        let columns = screen.text_width();
        let mut facts = vec![place.to_owned()];
        if let Some(last) = history(standing, area).last() {
            facts.push(format!("you said level {} on {}", last.level, last.on));
        }
        if let Some(role) = self.role {
            let title = safe::line(&role.title);
            facts.push(format!("{title} needs level {}", role.target(&area.id)));
        }
        let title = screen.paint.heading(&safe::line(&area.title));
        let head = format!("{title} ({})", facts.join(", "));
        let mut text = format!("\n{}", width::wrap_indented("", "  ", &head, columns));
        let summary = area.summary.as_deref().map(safe::line);
        if let Some(summary) = summary {
            text.push_str(&width::wrap_indented("  ", "  ", &summary, columns));
        }
        let view = View { shelf: context.catalog(), standing };
        if let Some(found) = suggested(area, &view) {
            let by: Vec<&str> = found.because.iter().map(|by| by.title.as_str()).collect();
            let line = format!(
                "your record speaks for level {}: {}",
                found.level,
                safe::line(&quantity::list(&by))
            );
            text.push_str(&width::wrap_indented("  ", "  ", &line, columns));
        }
        out.tell(&text);
    }
}
