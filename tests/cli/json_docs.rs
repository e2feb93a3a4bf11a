//! `docs/json.md` against `json/mirrors/`: each field of each report stands in the table of
//! its command, each field of a shape that several share in the table of the shape, and no table
//! names a field that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Which section has which reports. `show` has several; so has what the simple changes share.
const SECTIONS: [(&str, &[&str]); 49] = [
    ("`milepost`", &["Dashboard"]),
    ("`add`", &["Add"]),
    ("`assess`", &["Assess"]),
    ("`away`", &["Away"]),
    ("`backup`", &["Backup"]),
    ("`check`", &["Check"]),
    ("`compare`", &["Compare"]),
    ("`completions`", &["Completions"]),
    ("`config`", &["Config"]),
    ("`doctor`", &["Doctor"]),
    ("`doing`, `skip`, `todo`, `note`, `undo`, `redo`", &["Changes"]),
    ("`done`", &["Done"]),
    ("`done --from`", &["DoneFrom"]),
    ("`export --format json`", &["Portfolio"]),
    ("`export --full`", &["Record"]),
    ("`export -o FILE`, and other formats", &["Written"]),
    ("`fmt`", &["Fmt"]),
    ("`help`", &["Help"]),
    ("`hide`", &["Hide"]),
    ("`import`", &["Import"]),
    ("`interview`", &["Interview"]),
    ("`link`", &["LinkAdded"]),
    ("`list`", &["List"]),
    ("`log`", &["Log"]),
    ("`new`", &["New"]),
    ("`next`", &["Next"]),
    ("`open`", &["Open"]),
    ("`paths`", &["Paths"]),
    ("`plan`", &["Plan"]),
    ("`redact`", &["Redact"]),
    ("`remove`", &["Remove"]),
    ("`restore`", &["Restore"]),
    ("`roles`", &["Roles"]),
    ("`schema`", &["Schema"]),
    ("`search`", &["Search"]),
    ("`show`", &["Show", "ShowQuestion", "ShowTerm", "Graph"]),
    ("`snooze`", &["Snooze"]),
    ("`start`", &["Start"]),
    ("`status`", &["Status"]),
    ("`stop`", &["Stop"]),
    ("`study`", &["Study"]),
    ("`sync`", &["Sync"]),
    ("`sync --status`", &["SyncStatus"]),
    ("`sync forget`", &["SyncForget"]),
    ("`sync init`", &["SyncInit"]),
    ("`sync join`", &["SyncJoin"]),
    ("`sync key`", &["SyncKey"]),
    ("`undo --list`", &["UndoList"]),
    ("`version`", &["Version"]),
];

/// The shapes that several reports share, each with a section of its own.
const SHAPES: [(&str, &str); 22] = [
    ("Count", "Count"),
    ("Progress", "Progress"),
    ("Item", "Item"),
    ("Pace", "Pace"),
    ("Calibration", "Calibration"),
    ("Steady", "Steady"),
    ("Forecast", "Forecast"),
    ("Because", "Reason"),
    ("Activity", "Activity"),
    ("Changed", "Change"),
    ("Fit", "Fit"),
    ("Core", "Core"),
    ("Stretch", "Stretch"),
    ("Left", "Hours left"),
    ("NodeLink", "Link"),
    ("Overlay", "Overlay"),
    ("OverlayChange", "Overlay change"),
    ("Rubric", "Rubric"),
    ("StudyDay", "Study day"),
    ("Said", "Dated text"),
    ("PlanWeek", "Planned week"),
    ("AimedRole", "Target role"),
];

#[test]
fn every_field_is_described_where_its_command_is() {
    let documented = documented();
    let mirrors = mirrors();
    let sections = SECTIONS.into_iter().map(|(heading, names)| (heading, names.to_vec()));
    let shapes = SHAPES.into_iter().map(|(name, heading)| (heading, vec![name]));
    let all: BTreeMap<&str, Vec<&str>> = sections.chain(shapes).collect();
    for (heading, names) in &all {
        let mut fields = BTreeSet::new();
        names.iter().for_each(|name| collect(&mirrors[*name], "", &mirrors, &mut fields));
        let rows = documented.get(*heading).unwrap_or_else(|| panic!("no section {heading}"));
        let missing: Vec<_> = fields.difference(rows).collect();
        let stale: Vec<_> = rows.difference(&fields).collect();
        assert!(missing.is_empty(), "{heading} does not describe {missing:?}");
        assert!(stale.is_empty(), "{heading} describes {stale:?}, which no mirror has");
    }
    let headings: BTreeSet<&str> = documented.keys().map(String::as_str).collect();
    assert_eq!(headings, all.keys().copied().collect(), "sections and mirrors");
    let described: BTreeSet<&str> = all.values().flatten().copied().collect();
    let reports = reports();
    let left: Vec<_> = reports.keys().filter(|one| !described.contains(one.as_str())).collect();
    assert!(left.is_empty(), "no section has {left:?}");
}

#[test]
fn the_tables_can_be_read() {
    for row in docs().lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), if row.starts_with("|---") { 1 } else { 3 }, "{row}");
        assert!(cells.iter().all(|cell| !cell.trim().is_empty()), "{row}");
        assert!(cells.iter().all(|cell| cell.chars().count() <= 200), "too long: {row}");
    }
}

fn docs() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md")).unwrap()
}

/// The fields that each section of shapes and commands describes.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut rows = None;
    for line in docs().lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            rows = Some(found.entry(heading.to_owned()).or_default());
        } else if line.starts_with("## ") {
            rows = None;
        } else if let Some(rows) = &mut rows
            && let Some((field, _)) = line.strip_prefix("| `").and_then(|row| row.split_once('`'))
        {
            rows.insert(field.to_owned());
        }
    }
    found
}

/// Fields with their types, by the name of the mirror.
type Mirrors = BTreeMap<String, Vec<(String, String)>>;

/// Each field below these, as a path: `paths[].stages[].id`. A shape ends it, and so does an item of
/// the same kind.
fn collect(fields: &[(String, String)], before: &str, all: &Mirrors, into: &mut BTreeSet<String>) {
    for (name, of) in fields {
        let (mut of, mut is_list) = (of.as_str(), of.contains("Vec<") || of.contains('['));
        while let Some((outer, inner)) = of.split_once('<') {
            is_list |= outer == "Vec";
            of = inner.strip_suffix('>').unwrap();
        }
        let path = format!("{before}{name}{}", if is_list { "[]" } else { "" });
        into.insert(path.clone());
        let is_shape = SHAPES.iter().any(|(shape, _)| *shape == of);
        let Some(inner) = all.get(of).filter(|_| !is_shape && of != "Show") else { continue };
        // What has all fields of an item is an item with more fields.
        let item = &all["Item"];
        let is_item = item.iter().all(|(name, _)| inner.iter().any(|(other, _)| other == name));
        let is_its_own = |name: &str| !is_item || !item.iter().any(|(of_item, _)| of_item == name);
        let own: Vec<_> = inner.iter().filter(|(name, _)| is_its_own(name)).cloned().collect();
        collect(&own, &format!("{path}."), all, into);
    }
}

/// The mirrors of whole reports, by name.
fn reports() -> Mirrors {
    blocks("reports").iter().flat_map(|block| structs(block)).collect()
}

fn mirrors() -> Mirrors {
    reports().into_iter().chain(blocks("parts").iter().flat_map(|block| structs(block))).collect()
}

/// What stands between the braces of a macro of the mirrors, in whichever file.
fn blocks(name: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/json/mirrors");
    let texts = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let texts = texts.map(|file| fs::read_to_string(file).unwrap());
    let begin = format!("\n{name}! {{\n");
    let of = |text: String| -> Vec<String> {
        let blocks = text.split(&begin).skip(1);
        blocks.map(|rest| rest.split("\n}\n").next().unwrap().to_owned()).collect()
    };
    texts.flat_map(of).collect()
}

/// The structs of a block: a name, braces, and fields with commas between them.
fn structs(block: &str) -> Mirrors {
    let mut found = Mirrors::new();
    let code = block.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join(" ");
    let mut rest = code.as_str();
    while let Some((name, after)) = rest.split_once('{') {
        let (body, after) = after.split_once('}').unwrap();
        found.insert(name.trim().to_owned(), fields(body));
        rest = after;
    }
    found
}

fn fields(body: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // A comma ends a field, but no type in angle brackets has one.
    for field in body.split(',').map(str::trim).filter(|field| !field.is_empty()) {
        let (attribute, field) = match field.split_once(")]") {
            Some((attribute, field)) => (Some(attribute), field.trim()),
            None => (None, field),
        };
        let (name, of) = field.split_once(':').unwrap();
        let renamed = attribute.and_then(|text| text.split('"').nth(1));
        let name = renamed.unwrap_or(name).trim_start_matches("r#");
        found.push((name.to_owned(), of.trim().to_owned()));
    }
    found
}
