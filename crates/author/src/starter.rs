//! The file to begin with: a small path that passes `check`, with a comment on each key.

use crate::value::quoted;
use crate::write::SCHEMA;

/// The TOML of a path to begin with.
pub(crate) fn toml(id: &str) -> String {
    let mut title = id.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    STARTER
        .replace("{schema}", SCHEMA)
        .replace("{id}", &quoted(id))
        .replace("{title}", &quoted(&title))
}

const STARTER: &str = r#"{schema}
# A path: stages in their order, topics in them, and in each topic skills to reach and resources to study.
# `milepost check FILE` says what is wrong, `milepost add FILE` installs it. Lines that begin with `#` are optional.
format = 1
id = {id}                 # a-z, 0-9 and hyphens; your progress is kept under it
title = {title}
summary = "One or two sentences: for whom it is, and what you can do afterwards."
# version = "1"
# author = "Your name"
# license = "CC-BY-4.0"
# lang = "en"                   # the language of its texts
# requires = ["foundations"]    # paths to finish first

[[stages]]
id = "basics"
title = "Basics"
# months = [0, 2]               # when it is planned, in months since the start

[[stages.topics]]
id = "first-topic"
title = "First topic"
hours = 10                      # to reach its skills; [8, 12] if you know only the range
# requires = ["other-topic"]    # topics, skills, milestones or stages to finish first
# choose = 1                    # how many of its skills are enough
skills = [
  { id = "first-skill", title = "First skill", can = "I can do this without looking it up." },
  { id = "second-skill", title = "Second skill" },
]

[[stages.topics.resources]]
id = "first-book"
title = "A book on the first topic"
# by = "Its author"
url = "https://example.org/book"
type = "book"                   # docs book course video tutorial paper guide tool community conference article podcast exercise
cost = "free"                   # free paid freemium; omit it if you do not know
hours = 8                       # or minutes = 45
# part = "chapters 3 to 7"      # hours are of that part
# skills = ["first-skill"]      # what it teaches; all skills of the topic if omitted, [] for look-up material
# optional = true               # shown, but not counted

[[stages.milestones]]
id = "first-project"
title = "Build something with it"
hours = 6
requires = ["first-topic"]
criteria = [
  "Somebody else can check this sentence and say yes or no.",
]
"#;
