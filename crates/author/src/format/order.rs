//! The keys of each kind of table, in their order.

use toml_edit::{Key, Value};

/// The keys of one kind of table.
#[derive(Debug)]
pub struct Keys {
    /// The key under which tables of this kind stand; empty for the file itself.
    pub of: &'static str,
    /// The `kind` of the file that it is, where it is the file itself; empty for a path.
    pub kind: &'static str,
    /// Its keys.
    pub keys: &'static [&'static str],
}

const fn keys(of: &'static str, keys: &'static [&'static str]) -> Keys {
    Keys { of, kind: "", keys }
}

/// The keys of all kinds of tables. What is long goes to the end, and what few have behind what most
/// have.
pub const KEYS: &[Keys] = &[
    keys(
        "",
        &[
            "$schema",
            "format",
            "kind",
            "id",
            "title",
            "summary",
            "role",
            "requires",
            "updated",
            "version",
            "author",
            "license",
            "source",
            "lang",
            "replaces",
            "portfolio",
            "stages",
            "interview",
        ],
    ),
    Keys {
        of: "",
        kind: "career",
        keys: &[
            "$schema", "format", "kind", "title", "updated", "areas", "roles", "practice",
            "glossary",
        ],
    },
    Keys {
        of: "",
        kind: "overlay",
        keys: &[
            "$schema",
            "format",
            "kind",
            "extends",
            "written_for",
            "stages",
            "topics",
            "milestones",
            "hide",
        ],
    },
    keys("hide", &["items"]),
    keys("tick", &["ref", "title", "url", "on", "known", "note", "evidence"]),
    keys("portfolio", &["id", "title"]),
    keys(
        "stages",
        &[
            "id",
            "title",
            "after",
            "summary",
            "about",
            "months",
            "choose",
            "requires",
            "replaces",
            "topics",
            "milestones",
        ],
    ),
    keys(
        "topics",
        &[
            "id",
            "title",
            "after",
            "summary",
            "about",
            "url",
            "links",
            "tags",
            "hours",
            "choose",
            "requires",
            "roles",
            "replaces",
            "skills",
            "resources",
        ],
    ),
    keys(
        "skills",
        &[
            "id", "title", "after", "can", "summary", "about", "url", "links", "tags", "same_as",
            "optional", "retired", "replaces",
        ],
    ),
    keys(
        "resources",
        &[
            "id",
            "title",
            "after",
            "summary",
            "about",
            "by",
            "url",
            "links",
            "type",
            "cost",
            "lang",
            "part",
            "hours",
            "minutes",
            "requires",
            "skills",
            "instead_of",
            "tags",
            "same_as",
            "optional",
            "retired",
            "replaces",
        ],
    ),
    keys(
        "milestones",
        &[
            "id",
            "title",
            "after",
            "summary",
            "about",
            "url",
            "links",
            "tags",
            "hours",
            "requires",
            "portfolio",
            "criteria",
            "pass",
            "evidence",
            "same_as",
            "optional",
            "retired",
            "replaces",
        ],
    ),
    keys("links", &["title", "url"]),
    keys("criteria", &["text", "points", "scale"]),
    keys("interview", &["id", "title", "replaces", "topics", "questions"]),
    keys("questions", &["id", "ask", "look_for", "about", "replaces"]),
    keys("areas", &["id", "title", "summary", "replaces", "levels", "raised_by"]),
    keys("raised_by", &["by", "weight", "level"]),
    keys("roles", &["id", "title", "scope", "deliverables", "metrics", "paths", "targets"]),
    keys("practice", &["id", "title", "minutes", "task", "criteria"]),
    keys("glossary", &["id", "title", "meaning", "source", "url"]),
];

/// The keys of the tables under a key; of the file itself where there is none, by its `kind`.
pub(super) fn keys_of(name: Option<&str>, kind: Option<&str>) -> &'static [&'static str] {
    let name = name.unwrap_or_default();
    // A kind that nobody knows is told by `check`; the file has the form of a path until then.
    let of_kind = |kind: &str| KEYS.iter().find(|keys| keys.of == name && keys.kind == kind);
    let kind = kind.filter(|_| name.is_empty()).and_then(of_kind);
    kind.or_else(|| of_kind("")).map_or(&[], |found| found.keys)
}

/// Puts values into the order of their keys; those that have none come last, as they stand.
pub(super) fn sorted(values: &mut [(Vec<&Key>, &Value)], order: &[&str]) {
    milepost_path::sort::by_key(values, |(keys, _)| {
        let name = keys.first().map_or("", |key| key.get());
        order.iter().position(|known| *known == name).unwrap_or(order.len())
    });
}
