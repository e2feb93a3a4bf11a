//! Who made an event, where that was not the learner at the command line.

use std::fmt;

use serde::Serialize;

/// An assistant that acts for the learner: what it speaks, a colon, and the name that it claims.
///
/// The name is a claim, which nobody checked. It has only characters that can neither act on a terminal
/// nor be taken for others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Actor(String);

impl Actor {
    /// How many characters it has at most.
    pub const MOST_CHARS: usize = 64;

    /// An assistant that speaks a protocol and claims a name. Of the name, what is not safe is left out.
    pub fn claimed(protocol: &str, name: &str) -> Self {
        let mut text = format!("{protocol}:");
        for word in name.split(|char: char| !is_safe(char)).filter(|word| !word.is_empty()) {
            if !text.ends_with(':') {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.ends_with(':') {
            text.push_str("unnamed");
        }
        // All of it is ASCII.
        text.truncate(Self::MOST_CHARS);
        text.truncate(text.trim_end().len());
        Self(text)
    }

    /// What [`Actor::as_str`] gave; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_sound = (1..=Self::MOST_CHARS).contains(&text.len())
            && text.chars().all(|char| char == ' ' || is_safe(char))
            && text.trim() == text;
        is_sound.then(|| Self(text.to_owned()))
    }

    /// Its text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters and digits of ASCII and what stands between them in names of programs. Letters beyond these
/// can look like them, or like nothing.
fn is_safe(char: char) -> bool {
    char.is_ascii_alphanumeric() || ".-_:/@+()".contains(char)
}

impl fmt::Display for Actor {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_claimed_name_is_made_safe() {
        for (name, expected) in [
            ("claude-code", "mcp:claude-code"),
            ("Visual Studio Code", "mcp:Visual Studio Code"),
            ("  a \u{1b}[2J\tb\n", "mcp:a 2J b"),
            ("c\u{202e}live\u{200b}x", "mcp:c live x"),
            ("clаude", "mcp:cl ude"),
            ("`rm` \"x\" <b>", "mcp:rm x b"),
            ("", "mcp:unnamed"),
            ("\u{3164}", "mcp:unnamed"),
            (&"n".repeat(99), &format!("mcp:{}", "n".repeat(60))),
            (&format!("{} tail", "n".repeat(59)), &format!("mcp:{}", "n".repeat(59))),
        ] {
            let actor = Actor::claimed("mcp", name);
            assert_eq!(actor.as_str(), expected, "{name:?}");
            assert_eq!(Actor::parse(actor.as_str()), Some(actor));
        }
    }

    #[test]
    fn what_is_not_safe_is_nobody() {
        let long = "n".repeat(65);
        for text in ["", " ", " a", "a ", "a\nb", "a\u{200b}", "mcp:é", "a`", &long] {
            assert_eq!(Actor::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_claimed_is_read_back(name in any::<String>()) {
            let actor = Actor::claimed("mcp", &name);
            prop_assert_eq!(Actor::parse(actor.as_str()), Some(actor));
        }
    }
}
