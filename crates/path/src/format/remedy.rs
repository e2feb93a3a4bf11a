//! What to write instead, where a text is no TOML.
//!
//! The parser says what it expected. A person wants to know what to write, and the line mostly
//! shows what was meant: a comma in a number, a date as it is spoken, quotes of a word processor.

use super::diagnostic::unquoted;

/// What to write instead in a line that is no TOML, by where the error is in it.
pub(super) fn of_line(line: &str, at: usize) -> Option<String> {
    if line.contains("\":") || line.contains("\" :") {
        return Some("write `=` between a key and its value, as in `{ id = \"x\" }`".to_owned());
    }
    let Some((key, value)) = line.split_once('=') else {
        let (key, value) = line.split_once(':')?;
        let (key, value) = (key.trim(), value.trim());
        let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let quote = if is_bare_text(value) { "\"" } else { "" };
        return (is_key && !key.is_empty() && !value.is_empty())
            .then(|| format!("write `{} = {quote}{}{quote}`", unquoted(key), unquoted(value)));
    };
    if key.contains(BLANKS) {
        return Some(ORDINARY_SPACE.to_owned());
    }
    // In a list or an inline table, the value at fault is one of several.
    if value.trim_start().starts_with(['[', '{'])
        || line.trim_start().starts_with(['{', '"', '\'', '[', '“'])
    {
        let rest = line.get(at..)?;
        let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
        return of_value(rest.get(..end)?.trim());
    }
    of_value(value.trim_matches([' ', '\t', '\r']))
}

/// Whether a value is a text whose quotes are missing.
fn is_bare_text(value: &str) -> bool {
    value.starts_with(char::is_alphabetic) && !["true", "false"].contains(&value)
}

const ORDINARY_SPACE: &str = "write an ordinary space: this is a no-break space";

/// What to do about a string that its line does not close.
pub(super) fn of_open_string(line: &str) -> String {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    if value.contains('\\') {
        return of_string(value).unwrap_or_else(|| CLOSE.to_owned());
    }
    CLOSE.to_owned()
}

const CLOSE: &str = "close it with the quote that it begins with";

/// What to write instead of a value.
pub(super) fn of_value(value: &str) -> Option<String> {
    if value.contains(SMART_QUOTES) {
        let text = value.trim_matches(|c: char| c == '"' || c == ',' || SMART_QUOTES.contains(&c));
        return Some(format!("write straight quotes: `\"{}\"`", unquoted(text)));
    }
    if value.contains(BLANKS) {
        return Some(ORDINARY_SPACE.to_owned());
    }
    if value.contains("//") && !value.contains("://") && !value.starts_with(['"', '\'']) {
        return Some("a comment starts with `#`".to_owned());
    }
    flag(value).or_else(|| of_number(value)).or_else(|| date(value)).or_else(|| of_string(value))
}

const SMART_QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '«', '»', '‟'];
const BLANKS: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// True or false, in any way that is said elsewhere.
pub(super) fn flag(value: &str) -> Option<String> {
    let word = match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "true",
        "false" | "no" | "off" => "false",
        _ => return None,
    };
    Some(format!("write `{word}`"))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.parse::<f64>().is_ok()
}

/// Numbers with a comma, with a unit, or with another one as a range.
fn of_number(value: &str) -> Option<String> {
    if let Some((whole, part)) = value.split_once(',')
        && is_number(whole)
        && is_number(part)
    {
        return Some(format!("write a decimal point: `{whole}.{part}`"));
    }
    if let Some(number) = value.strip_suffix(',').filter(|number| is_number(number)) {
        return Some(format!("remove the comma: `{number}`"));
    }
    let ends = [" to ", "..", "–", "—", "-"].into_iter().find_map(|by| value.split_once(by));
    if let Some((low, high)) = ends
        && is_number(low.trim())
        && is_number(high.trim())
    {
        return Some(format!("write a range in brackets: `[{}, {}]`", low.trim(), high.trim()));
    }
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = value.strip_suffix(unit).filter(|number| is_number(number))?;
    let unit = unit.trim();
    (unit.starts_with(char::is_alphabetic) && unit.chars().all(char::is_alphabetic))
        .then(|| format!("write the number alone: `{number}`"))
}

/// A day in the order in which people say it.
fn date(value: &str) -> Option<String> {
    let by = if value.contains('/') { '/' } else { '.' };
    let mut parts = value.split(by);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [day, month, year].map(|part| part.parse::<u16>().ok());
    let [Some(day), Some(month), Some(year @ 1000..)] = numbers else {
        return None;
    };
    Some(if by == '.' && parts.next().is_none() && month <= 12 {
        format!("write year, month and day: `{year}-{month:02}-{day:02}`")
    } else {
        "write year, month and day, as in `2026-11-21`".to_owned()
    })
}

/// Strings that end too early.
fn of_string(value: &str) -> Option<String> {
    if value.starts_with('"') && value.contains('\\') {
        return Some(
            "write a backslash twice, or the text in single quotes: `'C:\\notes'`".to_owned(),
        );
    }
    if value.starts_with('"') && value.matches('"').count() > 2 && !value.starts_with("\"\"\"") {
        return Some("write a quote inside a text with a backslash before it: `\\\"`".to_owned());
    }
    if value.starts_with('\'') && value.matches('\'').count() > 2 && !value.starts_with("'''") {
        return Some("write a text with an apostrophe in double quotes".to_owned());
    }
    None
}

/// What a text is instead of TOML.
pub(super) fn other_format(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lines = || text.lines().take(200).map(str::trim_start);
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).take(3).collect();
    if squeezed.starts_with("{\"") || squeezed.starts_with("[{") && !lines().any(is_assignment) {
        Some("JSON")
    } else if text.starts_with('<') {
        Some("HTML or XML")
    } else if lines().any(is_assignment) {
        None
    } else if lines().any(is_markdown) {
        Some("Markdown")
    } else {
        let mut rows = text.lines().take(2).map(|line| line.matches([',', '\t', ';']).count());
        match (rows.next(), rows.next()) {
            (Some(first @ 1..), Some(second)) if first == second => {
                Some("a table of a spreadsheet")
            }
            _ => None,
        }
    }
}

/// Whether a line sets a key, or begins a table.
fn is_assignment(line: &str) -> bool {
    let is_key = |key: &str| {
        let key = key.trim();
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.\"'".contains(&b))
    };
    line.starts_with("[[") && line.contains("]]") && !line.contains("](")
        || line.split_once('=').is_some_and(|(key, _)| is_key(key))
}

fn is_markdown(line: &str) -> bool {
    line.contains("](")
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("| ")
        || line.starts_with("## ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_what_was_meant() {
        let cases = [
            ("hours: 20", "write `hours = 20`"),
            (
                "a = { \"id\": \"x\" }",
                "write `=` between a key and its value, as in `{ id = \"x\" }`",
            ),
            ("hours = 20  // weeks", "a comment starts with `#`"),
            ("title: SQL", "write `title = \"SQL\"`"),
            ("summary = “SQL”", "write straight quotes: `\"SQL\"`"),
            ("summary = \"“SQL”", "write straight quotes: `\"SQL\"`"),
            ("hours =\u{a0}20", "write an ordinary space: this is a no-break space"),
            ("optional = True", "write `true`"),
            ("optional = no", "write `false`"),
            ("hours = 2,5", "write a decimal point: `2.5`"),
            ("hours = 20,", "remove the comma: `20`"),
            ("hours = 4–12", "write a range in brackets: `[4, 12]`"),
            ("hours = 4-12", "write a range in brackets: `[4, 12]`"),
            ("hours = 4 to 12", "write a range in brackets: `[4, 12]`"),
            ("hours = 20 h", "write the number alone: `20`"),
            ("updated = 21.11.2026", "write year, month and day: `2026-11-21`"),
            ("updated = 11/21/2026", "write year, month and day, as in `2026-11-21`"),
            (
                "summary = \"C:\\path\"",
                "write a backslash twice, or the text in single quotes: `'C:\\notes'`",
            ),
            ("summary = 'it's'", "write a text with an apostrophe in double quotes"),
            (
                "summary = \"a \"b\" c\"",
                "write a quote inside a text with a backslash before it: `\\\"`",
            ),
        ];
        for (line, remedy) in cases {
            assert_eq!(of_line(line, 0).as_deref(), Some(remedy), "{line}");
        }
        for line in
            ["summary = SQL", "hours = 4-x", "hours = h", "x", ": 1", "a b: 1", "hours = 1.2.3"]
        {
            assert_eq!(of_line(line, 0), None, "{line}");
        }
        // What is at fault among others.
        for (before, at_fault, remedy) in [
            ("skills = [{ title = ", "“SQL” }]", "write straight quotes: `\"SQL\"`"),
            ("skills = [{ id = \"a\", optional = ", "True }]", "write `true`"),
            ("  { id = \"a\", optional = ", "yes },", "write `true`"),
            ("\u{a0}skills = ", "[]", ORDINARY_SPACE),
        ] {
            let line = [before, at_fault].concat();
            assert_eq!(of_line(&line, before.len()).as_deref(), Some(remedy), "{line}");
        }
        assert_eq!(of_open_string("  { id = \"k\", title = \"K },"), CLOSE);
        assert!(of_open_string("source = \"C:\\\"").starts_with("write a backslash twice"));
    }

    #[test]
    fn other_formats_are_known_by_their_look() {
        let cases = [
            ("# Title\n\n- [Link](https://example.org)\n", Some("Markdown")),
            ("{ \"id\": 1 }", Some("JSON")),
            ("[\n  { \"id\": 1 }\n]", Some("JSON")),
            ("<!doctype html>", Some("HTML or XML")),
            ("title,url\nSQL,https://example.org\n", Some("a table of a spreadsheet")),
            ("format = 1\n# - [a](b)\n- x\n", None),
            ("[[stages]]\n- x\n", None),
            ("nothing at all", None),
            ("", None),
        ];
        for (text, format) in cases {
            assert_eq!(other_format(text), format, "{text}");
        }
    }
}
