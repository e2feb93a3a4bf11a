//! What the columns of a table mean, by their headings and, where these say nothing, by their cells.

use super::super::effort::Unit;
use super::super::rich::Rich;
use super::Row;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// The address of the row, whatever its text.
    Url,
    /// More addresses.
    Links,
    Id,
    Key,
    /// Skill, resource or milestone.
    Item,
    Stage,
    Topic,
    /// The number of a row: it counts and means nothing else.
    Number,
    Duration,
    Effort,
    Hours,
    HoursLeast,
    HoursMost,
    Needs,
    Summary,
    Can,
    By,
    Part,
    Kind,
    Cost,
    Lang,
    /// Words that a person would look for.
    Tags,
    /// One word that describes, such as a level.
    Tag,
    Done,
    Day,
    Optional,
    Retired,
    LookUp,
    Criteria,
    Question,
    Answer,
    /// Known, and without a place in a path.
    Ignored,
    /// Unknown: its texts and addresses are kept under its heading.
    Unknown,
}

/// A heading as words in lower case.
pub(super) fn words(heading: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '#' | '/' | '✓' | '✅');
    let words = heading.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a heading means by itself.
fn of_heading(heading: &str) -> Role {
    let words = words(heading);
    match words.as_str() {
        "title" | "name" | "course title" | "course name" | "resource name" => Role::Title,
        "url" | "link" | "links" | "href" | "address" | "web" => Role::Url,
        "id" | "ref" => Role::Id,
        "uuid" | "guid" | "key" | "slug" => Role::Key,
        "kind" => Role::Item,
        "stage" | "phase" | "semester" | "quarter" => Role::Stage,
        "topic" | "section" | "category" | "chapter" | "unit" | "area" | "theme" | "module"
        | "week" | "deck" | "group" => Role::Topic,
        "#" | "no" | "nr" | "number" | "order" | "index" => Role::Number,
        "hours least" => Role::HoursLeast,
        "hours most" => Role::HoursMost,
        "can" => Role::Can,
        "part" | "chapters" | "pages" => Role::Part,
        "type" | "format" | "medium" => Role::Kind,
        "lang" | "language" => Role::Lang,
        "tags" | "tag" | "keywords" | "labels" => Role::Tags,
        "level" | "difficulty" | "mode" => Role::Tag,
        "done" | "status" | "completed" | "complete" | "finished" | "progress" | "✓" | "✅" => {
            Role::Done
        }
        "since" | "date" | "done on" | "finished on" | "completed on" => Role::Day,
        "optional" => Role::Optional,
        "retired" | "deprecated" => Role::Retired,
        "look up" => Role::LookUp,
        "criteria" => Role::Criteria,
        "question" | "front" | "ask" | "prompt" | "term" => Role::Question,
        "answer" | "back" | "look for" | "definition" => Role::Answer,
        "portfolio" | "evidence" | "begun" | "known" | "path" => Role::Ignored,
        "" => Role::Unknown,
        _ => of_words(&words),
    }
}

/// What a heading means by one of its words.
fn of_words(words: &str) -> Role {
    let has = |list: &[&str]| words.split(' ').any(|word| list.contains(&word));
    if has(&["url", "link", "links", "linked"]) && !has(&["lesson", "course"])
        || words == "linked lesson"
    {
        Role::Url
    } else if has(&["number", "#"]) {
        Role::Number
    } else if has(&["effort", "workload", "hours/week"]) || words.contains("per week") {
        Role::Effort
    } else if has(&["duration", "length"]) {
        Role::Duration
    } else if has(&["hours", "minutes", "time", "estimate"]) {
        Role::Hours
    } else if words.starts_with("prereq")
        || has(&["prerequisites", "requires", "requirements", "depends"])
    {
        Role::Needs
    } else if has(&["description", "summary", "objectives", "objective", "goals", "abstract"]) {
        Role::Summary
    } else if has(&[
        "by",
        "author",
        "authors",
        "instructor",
        "provider",
        "platform",
        "teacher",
        "university",
        "school",
        "institution",
        "publisher",
        "speaker",
    ]) {
        Role::By
    } else if has(&["cost", "price", "fee", "fees", "free"]) {
        Role::Cost
    } else {
        Role::Unknown
    }
}

/// How well a heading names what a table is a list of; 0 where it does not.
fn fits_title(heading: &str) -> usize {
    const THINGS: [&str; 22] = [
        "course",
        "courses",
        "resource",
        "resources",
        "book",
        "books",
        "lesson",
        "lessons",
        "notebook",
        "project",
        "projects",
        "concept",
        "concepts",
        "skill",
        "skills",
        "task",
        "tasks",
        "item",
        "exercise",
        "video",
        "subject",
        "what",
    ];
    let words = words(heading);
    let has_thing = words.split(' ').any(|word| THINGS.contains(&word));
    match of_heading(heading) {
        Role::Title => 4,
        Role::Unknown if THINGS.contains(&words.as_str()) => 3,
        Role::Unknown if has_thing => 2,
        // `Week | Topic | Link`: what is grouped by weeks are the topics.
        Role::Topic if words == "topic" || words == "chapter" || words == "module" => 1,
        _ => 0,
    }
}

/// Whether a row is one of headings: one of its cells names a known column, and none is a link.
pub(super) fn is_head(cells: &[String]) -> bool {
    let known = |cell: &&String| {
        cell.chars().count() < 40 && (of_heading(cell) != Role::Unknown || fits_title(cell) > 0)
    };
    let has_link = cells.iter().any(|cell| cell.contains("://"));
    !has_link && cells.iter().filter(known).count() * 2 >= cells.len().clamp(1, 4)
}

/// The roles of the columns. Exactly one of them is the title, if any can be.
pub(super) fn of(head: &[String], rows: &[Row]) -> Vec<Role> {
    let mut roles: Vec<Role> = head.iter().map(|heading| of_heading(heading)).collect();
    // A question is the title of its card.
    if roles.contains(&Role::Question) && !roles.contains(&Role::Title) {
        return roles;
    }
    let best = (0..head.len()).rev().max_by_key(|column| head.get(*column).map(|h| fits_title(h)));
    let best = best.filter(|best| head.get(*best).is_some_and(|heading| fits_title(heading) > 0));
    let title = best.or_else(|| by_cells(&roles, rows));
    let addresses = (0..head.len()).find(|column| {
        Some(*column) != title
            && roles.get(*column) == Some(&Role::Unknown)
            && head.get(*column).is_some_and(String::is_empty)
            && is_address(*column, rows)
    });
    for (column, role) in roles.iter_mut().enumerate() {
        if Some(column) == addresses && rows.len() > 1 {
            *role = Role::Url;
        }
        if Some(column) == title {
            *role = Role::Title;
        } else if *role == Role::Title {
            *role = Role::Unknown;
        } else if *role == Role::Unknown && is_numbered(column, rows) {
            *role = Role::Number;
        }
    }
    roles
}

/// The unit that the heading of a column names.
pub(super) fn unit(heading: &str) -> Option<Unit> {
    Unit::in_heading(heading)
}

/// How many rows are looked at to see what a column is.
const LOOKED_AT: usize = 200;

/// The column that most likely has the titles: text, seldom the same twice, not mere numbers.
fn by_cells(roles: &[Role], rows: &[Row]) -> Option<usize> {
    let columns = rows.iter().take(LOOKED_AT).map(|row| row.cells.len()).max().unwrap_or(0);
    let open = |column: &usize| {
        let role = roles.get(*column).copied().unwrap_or(Role::Unknown);
        matches!(role, Role::Unknown | Role::Url | Role::Summary)
    };
    let worth = |column: &usize| {
        let cells: Vec<&Rich> =
            rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(*column)).collect();
        let texts: std::collections::HashSet<&str> = cells
            .iter()
            .map(|cell| cell.text.as_str())
            .filter(|text| text.contains(char::is_alphabetic) && !text.starts_with("http"))
            .collect();
        texts.len()
    };
    let best = (0..columns).filter(open).rev().max_by_key(worth)?;
    (worth(&best) > 0).then_some(best)
}

/// Whether the cells of a column are addresses, as far as they are anything.
fn is_address(column: usize, rows: &[Row]) -> bool {
    let cells = rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(column));
    let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some()
        && filled.all(|cell| cell.text.contains("://") && !cell.text.contains(' '))
}

/// Whether the cells of a column are numbers, as far as they are anything.
fn is_numbered(column: usize, rows: &[Row]) -> bool {
    let cells = rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(column));
    let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some()
        && filled.all(|cell| {
            let number = cell.text.trim_end_matches('.');
            !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_what_they_mean() {
        for (heading, role) in [
            ("Duration", Role::Duration),
            ("duration_weeks", Role::Duration),
            ("Effort", Role::Effort),
            ("Hours per week", Role::Effort),
            ("Time (h)", Role::Hours),
            ("Prerequisites", Role::Needs),
            ("Author", Role::By),
            ("fee_inr", Role::Cost),
            ("Linked Lesson", Role::Url),
            ("Lesson Number", Role::Number),
            ("Learning Objectives", Role::Summary),
            ("Question", Role::Question),
            ("Notes", Role::Unknown),
            ("rating", Role::Unknown),
        ] {
            assert_eq!(of_heading(heading), role, "{heading}");
        }
    }

    #[test]
    fn which_column_has_the_titles() {
        let titles = |head: &[&str]| {
            let head: Vec<String> = head.iter().map(|one| (*one).to_owned()).collect();
            of(&head, &[]).iter().position(|role| *role == Role::Title)
        };
        assert_eq!(titles(&["Courses", "Duration", "Effort"]), Some(0));
        assert_eq!(titles(&["Week", "Topic", "Link"]), Some(1));
        assert_eq!(titles(&["Notebook", "Description", "Article", "Notebook"]), Some(0));
        assert_eq!(titles(&["", "Lesson Link", "Description"]), Some(1));
        assert_eq!(titles(&["Lesson Number", "Section", "Concepts Taught", "Author"]), Some(2));
    }

    #[test]
    fn rows_of_headings() {
        let is =
            |cells: &[&str]| is_head(&cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
        assert!(is(&["Question", "Answer"]));
        assert!(is(&["title", "provider", "duration_weeks", "rating"]));
        assert!(!is(&["What is a heap?", "A tree", "trees"]));
        assert!(!is(&["Course", "https://a.example"]));
    }
}
