//! What type of value a key takes, and the sentence where it has another.

use toml::Spanned;
use toml::de::DeValue;

use super::diagnostic::{Code, Diagnostic, unquoted};
use super::findings::Findings;
use super::raw::Text;
use super::remedy;
use super::syntax::begins_with_a_part;
use crate::near::slug;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// The types of values that the format knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Text,
    Number,
    Effort,
    Whole,
    Flag,
    Date,
    Pair,
    Texts,
    References,
    Tables,
    Targets,
    Hidden,
}

impl Expected {
    fn as_str(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Effort => "a number, or two in brackets for a range",
            Self::Whole => "a whole number",
            Self::Flag => "true or false",
            Self::Date => "a date without a time, such as 2026-11-21",
            Self::Pair => "two numbers in brackets, the first and the last month",
            Self::Texts => "an array of strings",
            Self::References => "an array of references",
            Self::Tables => "an array of tables",
            Self::Targets => "a table of areas and levels",
            Self::Hidden => "a table with a list of ids, `items`",
        }
    }

    /// Whether the TOML type is right and something else is wrong, so that naming it helps nobody.
    fn has_type_of(self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Text => value.is_str(),
            Self::Number | Self::Whole => value.is_integer() || value.is_float(),
            Self::Flag => value.is_bool(),
            Self::Date => value.is_datetime(),
            Self::Targets | Self::Hidden => value.is_table(),
            Self::Effort => value.is_integer() || value.is_float() || value.is_array(),
            Self::Pair | Self::Texts | Self::References | Self::Tables => value.is_array(),
        }
    }
}

/// Says that the value of a key is of the wrong type.
pub(super) fn wrong_type(
    key: &str,
    expected: Expected,
    value: &Value<'_>,
    findings: &mut Findings<'_>,
) {
    let mut message = format!("`{key}` must be {}", expected.as_str());
    if !expected.has_type_of(value.get_ref()) {
        message.push_str(&format!(", not {}", type_of(value.get_ref())));
    }
    let help = match (expected, value.get_ref()) {
        (Expected::Texts | Expected::References, DeValue::String(text)) => {
            Some(format!("write `{key} = [\"{}\"]`", unquoted(text)))
        }
        (Expected::Tables, DeValue::Table(_))
            if key == "stages" && begins_with_a_part(findings.text()) =>
        {
            // The later `[[stages]]` says it.
            if findings.has(Code::DuplicateKey) {
                return;
            }
            message = "a topic or milestone is not in a stage".to_owned();
            Some("write `[[stages]]`, with an `id` and a `title`, before its topics".to_owned())
        }
        (Expected::Tables, DeValue::Table(_)) => {
            // Of a table with a header, the header is its place.
            let header = findings.source(&value.span());
            let header = header.strip_prefix('[').and_then(|header| header.strip_suffix(']'));
            let header = header.map_or_else(|| key.to_owned(), unquoted);
            Some(format!("write its header in two pairs of brackets, as in `[[{header}]]`"))
        }
        (Expected::Flag, DeValue::String(text)) => {
            remedy::flag(text.trim()).or(Some("write `true` or `false`".to_owned()))
        }
        (
            Expected::Number | Expected::Effort | Expected::Whole | Expected::Date,
            DeValue::String(text),
        ) => {
            let alone = Some("write it without quotes".to_owned());
            remedy::of_value(text.trim()).or(alone)
        }
        (Expected::Text, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)) => {
            let written = unquoted(findings.source(&value.span()));
            Some(format!("write it in quotes: `{key} = \"{written}\"`"))
        }
        _ => None,
    };
    findings.push(Diagnostic::new(Code::WrongType, &value.span(), message).help(help));
}

/// Says that an entry of a list is of the wrong type.
pub(super) fn wrong_entry(
    list: &str,
    expected: &str,
    value: &Value<'_>,
    findings: &mut Findings<'_>,
) {
    let message = format!("{list} must contain {expected}, not {}", type_of(value.get_ref()));
    let help = match (expected, value.get_ref()) {
        ("tables", DeValue::String(text)) => {
            let id = slug(text).unwrap_or_else(|| "id".to_owned());
            let text = unquoted(text);
            Some(match list {
                "`links`" => {
                    format!("write `{{ title = \"{text}\", url = \"https://...\" }}`")
                }
                "`questions`" => format!("write `{{ id = \"{id}\", ask = \"{text}\" }}`"),
                _ => format!("write `{{ id = \"{id}\", title = \"{text}\" }}`"),
            })
        }
        _ => None,
    };
    findings.push(Diagnostic::new(Code::WrongType, &value.span(), message).help(help));
}

pub(super) fn as_text<'a>(value: &'a Value<'a>) -> Option<Text<'a>> {
    Some(Text { value: value.get_ref().as_str()?, span: value.span() })
}

/// A number of either kind; one that its type cannot hold is infinite.
pub(super) fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => Some(
            i64::from_str_radix(integer.as_str(), integer.radix())
                .map_or(f64::INFINITY, |number| number as f64),
        ),
        DeValue::Float(float) => Some(float.as_str().parse().unwrap_or(f64::NAN)),
        _ => None,
    }
}

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
