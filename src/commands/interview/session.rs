//! The questions of a session, one after the other.

use std::collections::VecDeque;

use super::{Answered, record};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::model::event::Grade;
use crate::model::interview::Candidate;
use crate::model::roadmap::Ref;
use crate::model::standing::Answer;
use crate::model::view::View;
use crate::output::Output;
use crate::prompt::Key;
use crate::text::{quantity, safe, width};

const SHOW: Key = Key { letter: None, word: "shows what a strong answer covers" };
const LEAVE_OUT: Key = Key { letter: Some('s'), word: "skips" };
const STOP: Key = Key { letter: Some('q'), word: "stops" };

/// The keys for the grades, in the order of [`Grade::ALL`]; the last one stops.
const GRADES: [Key; 5] = [
    Key { letter: Some('a'), word: "again" },
    Key { letter: Some('h'), word: "hard" },
    Key { letter: Some('g'), word: "good" },
    Key { letter: Some('e'), word: "easy" },
    STOP,
];

/// Asks, and records each answer as soon as it is graded. Gives what was recorded, also where the
/// session was left.
pub(super) fn run(
    candidates: &[Candidate<'_>],
    view: &View<'_>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> (Vec<Answered>, Result<()>) {
    let mut answered = Vec::new();
    if candidates.is_empty() {
        out.say("every question was answered today: `milepost interview --readiness` sums them up");
    }
    let asked = ask_all(candidates, view, &mut answered, context, out);
    if !answered.is_empty() {
        // Apart from the answer that follows.
        out.tell("\n");
    }
    let left = asked.map_err(|error| {
        if error.kind() != Kind::Cancelled || answered.is_empty() {
            return error;
        }
        let (answers, are) = match answered.len() {
            1 => ("1 answer".to_owned(), "is"),
            n => (quantity::count(n, "answer"), "are"),
        };
        Error::stopped(format!("left; {answers} {are} kept"))
            .hint("`milepost interview` goes on, `milepost undo` takes the last answer back")
    });
    (answered, left)
}

fn ask_all(
    candidates: &[Candidate<'_>],
    view: &View<'_>,
    answered: &mut Vec<Answered>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let numbered = candidates.iter().enumerate();
    let mut waiting: VecDeque<(String, bool, &Candidate<'_>)> = numbered
        .map(|(at, one)| (format!("{} of {}", at + 1, candidates.len()), true, one))
        .collect();
    while let Some((place, is_first, candidate)) = waiting.pop_front() {
        let because = if is_first { &candidate.because.text } else { "you graded it again" };
        let grade = match ask(candidate, &place, because, out)? {
            Said::Graded(grade) => grade,
            Said::LeftOut => continue,
            Said::Stop => break,
        };
        let stamp = context.stamp_now();
        record(&candidate.asked, grade, stamp, context)?;
        let reference = candidate.asked.reference();
        let mut before = view.answers(&candidate.asked);
        before.extend(given(answered, &reference));
        let answer = Answer { on: stamp.today, grade };
        let recorded = Answered::new(&candidate.asked, answer, &before);
        let due = recorded.due_on.map_or(String::new(), |day| format!(", due again on {day}"));
        out.tell(&format!("{}{due}\n", out.screen().paint.bold(grade.as_str())));
        answered.push(recorded);
        // Once more, since what was just read is not yet known; a second `again` waits for a day.
        if grade == Grade::Again && is_first {
            waiting.push_back(("once more".to_owned(), false, candidate));
        }
    }
    Ok(())
}

/// The answers to a question in this session.
fn given(answered: &[Answered], reference: &Ref) -> Vec<Answer> {
    let same = answered.iter().filter(|one| one.reference == *reference);
    same.map(|one| Answer { on: one.on, grade: one.grade }).collect()
}

enum Said {
    Graded(Grade),
    LeftOut,
    Stop,
}

fn ask(
    candidate: &Candidate<'_>,
    place: &str,
    because: &str,
    out: &mut Output<'_, '_>,
) -> Result<Said> {
    let screen = out.screen();
    let (paint, columns) = (screen.paint, screen.text_width());
    let asked = &candidate.asked;
    let topic = paint.heading(&safe::line(&asked.topic.title));
    let reference = paint.dim(asked.reference().as_str());
    let mut text = String::from("\n");
    text.push_str(&width::wrap_indented("", "  ", &format!("{topic} ({place})"), columns));
    text.push_str(&width::wrap_indented("", "  ", &reference, columns));
    text.push_str(&width::wrap_indented("", "  ", &safe::line(because), columns));
    text.push('\n');
    let question = paint.bold(&safe::line(&asked.question.ask));
    text.push_str(&width::wrap_indented("  ", "  ", &question, columns));
    out.tell(&(text + "\n"));
    let keys = [SHOW, LEAVE_OUT, STOP];
    match key("Answer aloud, then:", &keys, out)? {
        0 => {}
        1 => return Ok(Said::LeftOut),
        _ => return Ok(Said::Stop),
    }
    let look_for = match &asked.question.look_for {
        Some(look_for) => safe::line(look_for).into_owned(),
        None => "The path does not say what a strong answer covers.".to_owned(),
    };
    let look_for = width::wrap_indented("  ", "  ", &look_for, columns);
    out.tell(&format!("\n{look_for}\n"));
    let chosen = key("How was it?", &GRADES, out)?;
    Ok(Grade::ALL.get(chosen).map_or(Said::Stop, |grade| Said::Graded(*grade)))
}

fn key(question: &str, keys: &[Key], out: &mut Output<'_, '_>) -> Result<usize> {
    let chosen = out.prompt().ok_or_else(Error::cancelled)?.key(question, keys);
    // The cursor stands behind the question.
    out.tell("\n");
    chosen
}
