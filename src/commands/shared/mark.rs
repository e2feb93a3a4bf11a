//! What `done`, `doing`, `skip`, `todo` and `note` share: the questions that complete their query, and
//! their text.

mod choose;

use std::path::Path;

use chrono::NaiveDate;
use milepost_core::report::mark::{self, Finished, Query, Studied, Unshown, Verb};
use milepost_core::report::remark as rule;
use milepost_core::{Annotation, Refusal, Warning};
use milepost_path::{Ref, safe};

pub(crate) use self::choose::choose_one;
use super::{input, item_row, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, width};
use crate::words;
use crate::words::mark as said;
pub(crate) use milepost_core::report::change::{Changed, State};

/// Asks what the query leaves open, makes the mark and tells what it changed.
///
/// # Errors
/// A reference is unknown or unclear, a question was not answered, or the record cannot be written.
pub(crate) fn run(mut query: Query, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let app = &context.app;
    if query.refs.is_empty() {
        query.refs = choose::at_the_terminal(query.verb, app, out)?;
    }
    // Nobody is asked for JSON.
    if query.verb == Verb::Done && !out.is_json() && out.prompt().is_some() {
        let questions = complete(&mut query, out, |query| mark::questions(query, app))?;
        if !questions.skills.is_empty() {
            query.skills = Some(ask_skills(&questions.skills, out)?);
        }
        if let Some(criteria) = &questions.criteria {
            query.shown = Some(ask_evidence(criteria, out)?);
        }
    }
    let answer = complete(&mut query, out, |query| mark::report(query, app))?;
    out.tell_answer(&answer, text)
}

/// What a query gets, once somebody on a terminal has chosen what it means, and agreed to mark whole
/// topics, stages and paths.
fn complete<R>(
    query: &mut Query,
    out: &mut Output<'_, '_>,
    report: impl Fn(&Query) -> milepost_core::Result<R>,
) -> Result<R> {
    loop {
        let error = match report(query) {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match question(&error).zip(out.prompt()) {
            Some(((of, question), prompt)) => {
                if !prompt.confirm(&question)? {
                    return Err(Error::cancelled());
                }
                query.agreed.push(of);
            }
            None => {
                let (name, chosen) = select::choose(error, out)?;
                select::replace_in(&mut query.refs, &name, &chosen);
            }
        }
    }
}

/// What has to be agreed to, and the question that asks for it.
fn question(error: &milepost_core::Error) -> Option<(Ref, String)> {
    let milepost_core::Error::Refused(refusal) = error else { return None };
    let Refusal::Mark(mark::Refusal::NeedsYes { verb, of, count, are_resources }) = &**refusal
    else {
        return None;
    };
    let question = said::are_all_meant(of, *verb, *count, *are_resources);
    Some((of.reference.clone(), question))
}

/// Asks which skills you have. Nothing is preselected: what you studied is not yet what you can do.
fn ask_skills(skills: &[Studied], out: &mut Output<'_, '_>) -> Result<Vec<Ref>> {
    let Some(prompt) = out.prompt() else { return Ok(Vec::new()) };
    let mut lines = vec!["none of them yet".to_owned()];
    lines.extend(skills.iter().map(|skill| match &skill.can {
        Some(can) => format!("{}: {}", safe::line(&skill.title), safe::line(can)),
        None => safe::line(&skill.title).into_owned(),
    }));
    let chosen = prompt.choose_some("Studied. Which of these can you do now?", &lines)?;
    let chosen = chosen.into_iter().filter_map(|at| skills.get(at.checked_sub(1)?));
    Ok(chosen.map(|skill| skill.reference.clone()).collect())
}

/// Shows the criteria of a milestone, and asks what shows that they are met.
fn ask_evidence(criteria: &[String], out: &mut Output<'_, '_>) -> Result<Vec<String>> {
    let screen = out.screen();
    if !criteria.is_empty() {
        out.tell(&format!("It is done when:\n{}", bullets(criteria, &screen)));
    }
    let Some(prompt) = out.prompt() else { return Ok(Vec::new()) };
    let said = prompt.line("Evidence (URL, file or commit; enter to skip)")?;
    let evidence: Vec<String> = said.into_iter().collect();
    let evidence = remark(None, &evidence)?.evidence;
    check(&evidence, out)?;
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

/// The text of a mark.
pub fn text(report: &mark::Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let sentence = |first: &str, text: &str| {
        screen.width.map_or(format!("{first}{text}\n"), |columns| {
            width::wrap_indented(first, "    ", text, columns)
        })
    };
    for (change, correction) in report.changed.iter().zip(&report.corrected) {
        let mark = match change.to {
            State::Item(status) => paint.status_mark(item_row::mark(status)),
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&change.title));
        let noted = if report.verb == Verb::Note { "  noted" } else { "" };
        let reference = paint.dim(change.reference.as_str());
        let corrected = correction.map_or(String::new(), said::corrected);
        let rest = format!("{reference}{noted}{corrected}");
        text.push_str(&item_row::line(&format!("{mark} "), &title, &rest, screen));
    }
    let topic = report.topic.as_ref().map(said::topic);
    for line in topic.into_iter().chain(report.fallen.as_ref().map(said::fallen)) {
        text.push_str(&sentence("    ", &line));
    }
    for (reference, state) in &report.unchanged {
        let line = said::so_already(reference, state, report.verb, report.is_dated);
        text.push_str(&sentence("", &line));
    }
    text.push_str(&consequences(report, screen));
    if text.is_empty() {
        text.push_str("nothing to change\n");
    }
    text
}

/// What a mark unlocks, and what is to be said besides.
pub(crate) fn consequences(report: &mark::Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for unlocked in &report.unlocked {
        let label = format!("{} {}: ", paint.good("unlocked"), unlocked.kind);
        let reference = paint.dim(unlocked.reference.as_str());
        text.push_str(&item_row::line(&label, &safe::line(&unlocked.title), &reference, screen));
    }
    if let Some(finished) = &report.finished {
        text.push_str(&finished_text(finished, &report.changed, screen));
    }
    text
}

fn finished_text(finished: &Finished, changed: &[Changed], screen: &Screen) -> String {
    let columns = screen.text_width();
    let mut text = String::new();
    let unshown = finished.unshown.as_ref().map(said::unshown);
    for line in finished.waiting.iter().map(said::waiting).chain(unshown) {
        text.push_str(&width::wrap_indented("    ", "    ", &line, columns));
    }
    if let Some(Unshown::One(_, criteria)) = &finished.unshown {
        text.push_str(&bullets(criteria, screen));
    }
    if !finished.is_answered {
        text.push_str(&skills_text(&finished.studied, changed, screen));
    }
    for line in finished.later.iter().map(said::later) {
        text.push_str(&width::wrap_indented("", "  ", &safe::line(&line), columns));
    }
    text
}

/// The skills that were studied, as questions.
fn skills_text(studied: &[Studied], changed: &[Changed], screen: &Screen) -> String {
    let open: Vec<&Studied> = studied.iter().filter(|one| one.is_open).collect();
    if open.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", screen.paint.heading(words::item::STUDIED));
    for one in &open {
        let question = one.can.as_deref().unwrap_or(&one.title);
        text.push_str(&item_row::question(question, &one.reference, screen));
    }
    if let ([_, _, ..], [one]) = (open.as_slice(), changed) {
        let name = &one.reference;
        let line = format!("for all of them: `milepost done {name} --with-skills`");
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    text
}

/// The day of `--on`; today where it is not given.
///
/// # Errors
/// It is no day, or lies in the future.
pub(crate) fn day(on: Option<&str>, context: &Context) -> Result<NaiveDate> {
    Ok(day_or_none(on, context)?.unwrap_or(context.app.today()))
}

/// The day of `--on`, where it is given.
///
/// # Errors
/// As `day`.
pub fn day_or_none(on: Option<&str>, context: &Context) -> Result<Option<NaiveDate>> {
    let read = |text| {
        day::parse(text, context.app.today()).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })
    };
    on.map(read).transpose()
}

/// What is piped is read so far, to say that it is too long.
pub(crate) const MOST_PIPED_BYTES: usize = 1024 * 1024;

/// Notes and evidence from the command line, where the note `-` is read from standard input.
///
/// # Errors
/// The text looks like an option that lost its value, or as [`remark`].
pub(crate) fn given(note: Option<&str>, evidence: &[String]) -> Result<Annotation> {
    let piped = match note {
        Some("-") => Some(input::text(Path::new("-"), MOST_PIPED_BYTES)?),
        _ => None,
    };
    for text in note.into_iter().chain(evidence.iter().map(String::as_str)) {
        if looks_like_an_option(text) {
            let shown = safe::short(text, 80);
            return Err(Error::usage(format!(
                "`{shown}` looks like an option, but a text belongs there"
            ))
            .hint("put the text first; `-` reads a note from standard input"));
        }
    }
    remark(piped.as_deref().or(note), evidence)
}

/// Values can begin with a hyphen, so an option that follows one without its value is taken for it.
fn looks_like_an_option(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    match text.strip_prefix("--") {
        Some(long) => is_word(long.split_once('=').map_or(long, |(name, _)| name)),
        None => text.strip_prefix('-').is_some_and(|short| short.len() == 1 && is_word(short)),
    }
}

/// Asks about evidence that leads nowhere, and says whether anybody could be asked.
///
/// # Errors
/// It was a slip.
pub(crate) fn is_meant(evidence: &[String], out: &mut Output<'_, '_>) -> Result<bool> {
    let is_json = out.is_json();
    let Some(prompt) = out.prompt().filter(|_| !is_json) else { return Ok(false) };
    for text in rule::slips(evidence) {
        let question = format!("{}. Record it anyway?", words::remark::slip(text));
        if !prompt.confirm(&question)? {
            return Err(Error::cancelled());
        }
    }
    Ok(true)
}

/// Asks about evidence that leads nowhere. Where nobody can be asked it is recorded all the same, with a
/// warning: what a script calls evidence it knows better.
///
/// # Errors
/// It was a slip.
pub(crate) fn check(evidence: &[String], out: &mut Output<'_, '_>) -> Result<()> {
    if !is_meant(evidence, out)? {
        for text in rule::slips(evidence) {
            out.warn(&words::warning(&Warning::Evidence(text.clone(), None)));
        }
    }
    Ok(())
}

/// The one rule for what is said of something, as an error of a command.
///
/// # Errors
/// See [`rule::remark`].
pub(crate) fn remark(note: Option<&str>, evidence: &[String]) -> Result<Annotation> {
    Ok(rule::remark(note, evidence)?)
}
