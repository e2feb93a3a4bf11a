//! The tables of a path file, in their order: what lies between a draft or a roadmap and its TOML.

use crate::value::{Pair, Value};

/// A table of a path file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Block {
    /// What stands before it as comments, one line each, without the `#`.
    pub comments: Vec<String>,
    /// Its keys, in their order.
    pub pairs: Vec<Pair>,
    /// The lists of tables in it, in their order.
    pub lists: Vec<(&'static str, Vec<Block>)>,
}

impl Block {
    /// Sets a key, if there is a value.
    pub(crate) fn set(&mut self, key: &'static str, value: Option<Value>) {
        self.pairs.extend(value.map(|value| (key, value)));
    }

    /// Sets a key to a text, if there is any.
    pub(crate) fn text(&mut self, key: &'static str, text: Option<&str>) {
        self.set(key, text.map(|text| Value::Text(text.to_owned())));
    }

    /// Sets a key to a text of several lines, if there is any.
    pub(crate) fn lines(&mut self, key: &'static str, text: Option<&str>) {
        self.set(key, text.map(|text| Value::Lines(text.to_owned())));
    }

    /// Sets a key to a list of texts, if there are any.
    pub(crate) fn texts<'t>(
        &mut self,
        key: &'static str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let texts: Vec<&str> = texts.into_iter().collect();
        self.set(key, (!texts.is_empty()).then(|| Value::texts(texts)));
    }

    /// Sets a key to `true`, if it is.
    pub(crate) fn flag(&mut self, key: &'static str, flag: bool) {
        self.set(key, flag.then_some(Value::Flag(true)));
    }

    /// Adds a list of tables, if there are any.
    pub(crate) fn list(&mut self, key: &'static str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.lists.push((key, blocks));
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Its id; empty if it has none.
    pub fn id(&self) -> &str {
        match self.get("id") {
            Some(Value::Text(id)) => id,
            _ => "",
        }
    }

    /// The TOML of a whole file.
    pub fn toml(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, "");
        out
    }

    fn write(&self, out: &mut String, place: &str) {
        for comment in &self.comments {
            out.push_str(if comment.is_empty() { "#" } else { "# " });
            out.push_str(comment);
            out.push('\n');
        }
        if !place.is_empty() {
            out.push_str("[[");
            out.push_str(place);
            out.push_str("]]\n");
        }
        for (key, value) in &self.pairs {
            out.push_str(key);
            out.push_str(" = ");
            value.write(out);
            out.push('\n');
        }
        for (key, blocks) in &self.lists {
            if blocks.iter().all(Self::fits_a_line) && is_inline(key) {
                out.push_str(key);
                out.push_str(" = [\n");
                for block in blocks {
                    block.write_line(out);
                }
                out.push_str("]\n");
            }
        }
        for (key, blocks) in &self.lists {
            if blocks.iter().all(Self::fits_a_line) && is_inline(key) {
                continue;
            }
            let inner = if place.is_empty() { (*key).to_owned() } else { format!("{place}.{key}") };
            for block in blocks {
                out.push('\n');
                block.write(out, &inner);
            }
        }
    }

    fn write_line(&self, out: &mut String) {
        for comment in &self.comments {
            out.push_str("  # ");
            out.push_str(comment);
            out.push('\n');
        }
        out.push_str("  { ");
        for (at, (key, value)) in self.pairs.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { ", " });
            out.push_str(key);
            out.push_str(" = ");
            value.write(out);
        }
        out.push_str(" },\n");
    }

    /// Whether it can be one line of a list: no text in it has several.
    fn fits_a_line(&self) -> bool {
        let is_long = |value: &Value| match value {
            Value::Lines(text) => text.contains('\n'),
            Value::Column(_) => true,
            _ => false,
        };
        !self.pairs.iter().any(|(_, value)| is_long(value)) && self.lists.is_empty()
    }
}

/// Whether the tables of a list are lines in brackets, where they are short enough.
fn is_inline(key: &str) -> bool {
    matches!(key, "skills" | "questions")
}
