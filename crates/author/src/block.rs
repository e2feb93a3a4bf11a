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

    /// Gives a key that it has another text.
    pub(crate) fn put(&mut self, key: &str, text: String) {
        if let Some((_, value)) = self.pairs.iter_mut().find(|(name, _)| *name == key) {
            *value = Value::Text(text);
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
            if blocks.iter().all(|block| block.is_line(key)) {
                out.push_str(key);
                out.push_str(" = [\n");
                for block in blocks {
                    block.write_line(out);
                }
                out.push_str("]\n");
            }
        }
        for (key, blocks) in &self.lists {
            if blocks.iter().all(|block| block.is_line(key)) {
                continue;
            }
            let inner = if place.is_empty() { (*key).to_owned() } else { format!("{place}.{key}") };
            for block in blocks {
                out.push('\n');
                block.write(out, &inner);
            }
        }
    }

    /// It as a line of a list in brackets.
    pub(crate) fn line(&self) -> String {
        let mut out = String::new();
        self.write_line(&mut out);
        out
    }

    /// The tables in it with headers, also where they would fit a line.
    pub(crate) fn headed(&self) -> String {
        let mut out = String::new();
        for (key, blocks) in &self.lists {
            for block in blocks {
                out.push('\n');
                block.write(&mut out, key);
            }
        }
        out
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

    /// Whether it is a line in brackets where it stands in a list: no text in it has several lines.
    pub(crate) fn is_line(&self, list: &str) -> bool {
        let is_long = |value: &Value| match value {
            Value::Lines(text) => text.contains('\n'),
            Value::Column(_) => true,
            _ => false,
        };
        let is_short = !self.pairs.iter().any(|(_, value)| is_long(value));
        matches!(list, "skills" | "questions") && is_short && self.lists.is_empty()
    }
}
