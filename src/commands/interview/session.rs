//! The questions of a session, one after the other.

use std::collections::VecDeque;

use milepost_core::Grade;
use milepost_core::report::interview::{self, Answered, Answers, QuestionPart};
use milepost_path::safe;

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::output::Output;
use crate::prompt::Key;
use crate::text::{quantity, width};
use crate::words::interview::reason;

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
    questions: &[QuestionPart],
    context: &Context,
    out: &mut Output<'_, '_>,
) -> (Vec<Answered>, Result<()>) {
    let mut answered = Vec::new();
    let asked = ask_all(questions, &mut answered, context, out);
    if !answered.is_empty() {
        // Apart from the answer that follows.
        out.tell("\n");
    }
    let left = asked.map_err(|error| {
        if error.kind() != Kind::Cancelled || answered.is_empty() {
            return error;
        }
        let answers = quantity::count(answered.len(), "answer");
        Error::stopped(format!("stopped; {answers} saved"))
            .hint("`milepost interview` continues; `milepost undo` takes back the last answer")
    });
    (answered, left)
}

fn ask_all(
    questions: &[QuestionPart],
    answered: &mut Vec<Answered>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let numbered = questions.iter().enumerate();
    let mut waiting: VecDeque<(String, bool, &QuestionPart)> = numbered
        .map(|(at, one)| (format!("{} of {}", at + 1, questions.len()), true, one))
        .collect();
    while let Some((place, is_first, question)) = waiting.pop_front() {
        let because =
            if is_first { reason(&question.because) } else { "you graded it `again`".to_owned() };
        let grade = match ask(question, &place, &because, out)? {
            Said::Graded(grade) => grade,
            Said::LeftOut => continue,
            Said::Stop => break,
        };
        let now = context.stamp_now();
        let given = vec![(question.reference.to_string(), grade)];
        let answers = Answers { given, on: now.today, just_now: Some(now) };
        for recorded in interview::record(&answers, &context.app)?.answered {
            let due = recorded.due_on.map_or(String::new(), |day| format!(", due again on {day}"));
            out.tell(&format!("{}{due}\n", out.screen().paint.bold(grade.as_str())));
            answered.push(recorded);
        }
        // Once more, since what was just read is not yet known; a second `again` waits for a day.
        if grade == Grade::Again && is_first {
            waiting.push_back(("once more".to_owned(), false, question));
        }
    }
    Ok(())
}

enum Said {
    Graded(Grade),
    LeftOut,
    Stop,
}

fn ask(asked: &QuestionPart, place: &str, because: &str, out: &mut Output<'_, '_>) -> Result<Said> {
    let screen = out.screen();
    let (paint, columns) = (screen.paint, screen.text_width());
    let topic = paint.heading(&safe::line(&asked.topic_title));
    let reference = paint.dim(asked.reference.as_str());
    let mut text = String::from("\n");
    text.push_str(&width::wrap_indented("", "  ", &format!("{topic} ({place})"), columns));
    text.push_str(&width::wrap_indented("", "  ", &reference, columns));
    text.push_str(&width::wrap_indented("", "  ", &safe::line(because), columns));
    text.push('\n');
    let question = paint.bold(&safe::line(&asked.title));
    text.push_str(&width::wrap_indented("  ", "  ", &question, columns));
    out.tell(&(text + "\n"));
    let keys = [SHOW, LEAVE_OUT, STOP];
    match key("Answer aloud, then:", &keys, out)? {
        0 => {}
        1 => return Ok(Said::LeftOut),
        _ => return Ok(Said::Stop),
    }
    let look_for = match &asked.look_for {
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
