//! Flash cards: a table of questions and answers becomes the questions of an interview.

use std::collections::HashMap;

use super::Table;
use super::roles::{self, Role};
use crate::counts::{Construct, Counts, LeftOut};
use crate::draft::{Interview, Node, Question};
use crate::read::rich::{Rich, floor};
use crate::read::title;

/// How many bytes of a text of a card are kept: what a path file takes in one line.
const MOST_BYTES: usize = 1_900;

/// Whether a table is one of cards.
pub(in crate::read) fn is_deck(table: &Table) -> bool {
    roles::of(&table.head, &table.rows).contains(&Role::Question)
}

/// The cards of a table, in groups. Without headings, the first two columns are question and answer.
pub(in crate::read) fn groups(table: &Table, title: &str, counts: &mut Counts) -> Vec<Interview> {
    let roles = roles::of(&table.head, &table.rows);
    let column = |role| roles.iter().position(|one| *one == role);
    let (ask, answer) = match column(Role::Question) {
        Some(ask) => (ask, column(Role::Answer)),
        None => first_two(&roles),
    };
    let tags = column(Role::Tags).or_else(|| (table.head.is_empty() && ask == 0).then_some(2));
    let sorted_by = [column(Role::Topic), column(Role::Stage), tags];
    let mut groups: Vec<Interview> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let text = |column: Option<usize>| {
            let cell: &Rich = row.cells.get(column?)?;
            Some(cell.text.as_str()).filter(|text| !text.is_empty())
        };
        let Some(asked) = text(Some(ask)) else {
            counts.leave_out(LeftOut::Untitled);
            continue;
        };
        counts.read(Construct::Cards);
        let (prefix, asked) = in_brackets(asked);
        let named = prefix.map(str::to_owned).or_else(|| {
            let by = sorted_by.iter().copied().find(|by| text(*by).is_some())?;
            let cell = text(by)?;
            let mut tags_of = cell.split([' ', ',', ';']).filter(|word| !word.is_empty());
            let name = if by == tags { tags_of.next()? } else { cell };
            // Decks and tags can be inside of others.
            Some(name.rsplit("::").next().unwrap_or(name).to_owned())
        });
        let name = named.map(|name| title::plain(&name)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| title.to_owned());
        let at = *places.entry(name.to_lowercase()).or_insert_with(|| {
            let node = Node::new(name, row.line);
            groups.push(Interview { node, ..Interview::default() });
            groups.len() - 1
        });
        let (ask, filled) = without_clozes(asked);
        let answer = text(answer).map(str::to_owned).or(filled);
        let question = Question {
            ask: cut(&ask),
            look_for: answer.map(|answer| cut(&answer)),
            line: row.line,
            ..Question::default()
        };
        if let Some(group) = groups.get_mut(at) {
            group.questions.push(question);
        }
    }
    groups
}

/// The first two columns that are fields of a note. Anki writes its GUID, its type and its deck before
/// them.
fn first_two(roles: &[Role]) -> (usize, Option<usize>) {
    let is_field = |column: &usize| {
        let role = roles.get(*column).copied().unwrap_or(Role::Unknown);
        !matches!(role, Role::Key | Role::Ignored | Role::Topic | Role::Tags)
    };
    // Behind all that have a role, every column is one.
    let mut fields = (0..roles.len() + 2).filter(is_field);
    (fields.next().unwrap_or(0), fields.next())
}

/// What stands in brackets before a question, and the question.
fn in_brackets(text: &str) -> (Option<&str>, &str) {
    let split = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match split.map(|(prefix, rest)| (prefix.trim(), rest.trim())) {
        Some((prefix, rest)) if !prefix.is_empty() && prefix.len() < 60 && !rest.is_empty() => {
            (Some(prefix), rest)
        }
        _ => (None, text),
    }
}

/// A text with its gaps, `{{c1::heap}}`, as gaps; and what fills them.
fn without_clozes(text: &str) -> (String, Option<String>) {
    let (mut shown, mut filled) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{c") {
        let Some((number, after_number)) = after.split_once("::") else { break };
        let Some((inner, behind)) = after_number.split_once("}}") else { break };
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        shown.push_str(before);
        shown.push_str("_____");
        filled.push(inner.split("::").next().unwrap_or(inner).to_owned());
        rest = behind;
    }
    shown.push_str(rest);
    (shown, (!filled.is_empty()).then(|| filled.join(", ")))
}

/// A text, as long as a path file takes it.
fn cut(text: &str) -> String {
    if text.len() <= MOST_BYTES {
        return text.to_owned();
    }
    format!("{}…", text.get(..floor(text, MOST_BYTES)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_question_is_made_of() {
        assert_eq!(in_brackets("[Heaps] What is a heap?"), (Some("Heaps"), "What is a heap?"));
        assert_eq!(in_brackets("[1, 2] is a list"), (Some("1, 2"), "is a list"));
        assert_eq!(in_brackets("[]"), (None, "[]"));
        let (ask, filled) = without_clozes("A {{c1::heap}} is a {{c2::tree::shape}}.");
        assert_eq!((ask.as_str(), filled.as_deref()), ("A _____ is a _____.", Some("heap, tree")));
        assert_eq!(without_clozes("{{c1::").0, "{{c1::");
    }

    #[test]
    fn the_fields_of_a_note_stand_behind_its_guid() {
        for (roles, expected) in [
            (&[][..], (0, Some(1))),
            (&[Role::Key, Role::Topic], (2, Some(3))),
            (&[Role::Key, Role::Ignored, Role::Topic, Role::Title], (3, Some(4))),
            (&[Role::Unknown, Role::Tags, Role::Unknown], (0, Some(2))),
        ] {
            assert_eq!(first_two(roles), expected, "{roles:?}");
        }
    }
}
