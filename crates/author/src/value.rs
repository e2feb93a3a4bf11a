//! The values of a path file as they are written, and one form of each to compare them by.

use chrono::NaiveDate;
use toml_writer::{ToTomlValue, TomlStringBuilder};

/// A key with its value.
pub type Pair = (&'static str, Value);

/// A value of a path file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text of one line.
    Text(String),
    /// A text of several lines.
    Lines(String),
    /// A number; whole ones are written without a point.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Date(NaiveDate),
    /// A list, on one line.
    List(Vec<Value>),
    /// A list, one entry a line.
    Column(Vec<Value>),
    /// An inline table.
    Table(Vec<Pair>),
}

impl Value {
    /// A list of texts, on one line.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.into())).collect())
    }

    /// Its TOML.
    pub fn toml(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Lines(text) if text.contains('\n') => {
                let text = format!("{text}\n");
                out.push_str(&TomlStringBuilder::new(&text).as_ml_basic().to_toml_value());
            }
            Self::Lines(text) => out.push_str(&quoted(text)),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Flag(flag) => out.push_str(&flag.to_string()),
            Self::Date(day) => out.push_str(&day.to_string()),
            Self::List(values) => {
                out.push('[');
                for (at, value) in values.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    value.write(out);
                }
                out.push(']');
            }
            Self::Column(values) => {
                out.push_str("[\n");
                for value in values {
                    out.push_str("  ");
                    value.write(out);
                    out.push_str(",\n");
                }
                out.push(']');
            }
            Self::Table(pairs) => {
                out.push_str("{ ");
                for (at, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    out.push_str(key);
                    out.push_str(" = ");
                    value.write(out);
                }
                out.push_str(" }");
            }
        }
    }
}

/// A text in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}
