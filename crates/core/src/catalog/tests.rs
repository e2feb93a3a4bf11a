//! Which files are read, which path wins, and that no cache is ever stale.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::fixture::built_ins;
use super::reference::{Lookup, look_up};
use super::{Catalog, Source};

mod cache;
mod overlays;

fn path_file(id: &str, title: &str, more: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\ntitle = \"{title}\"\n{more}\n\
         [[stages]]\nid = \"{id}-stage\"\ntitle = \"Stage\"\n\
         [[stages.topics]]\nid = \"{id}-topic\"\ntitle = \"Topic\"\nhours = 2\n\
         skills = [{{ id = \"{id}-skill\", title = \"Skill\" }}]\n\
         [[stages.topics.resources]]\nid = \"{id}-docs\"\ntitle = \"Docs\"\ntype = \"docs\"\ncost = \"free\"\n\
         [[stages.milestones]]\nid = \"{id}-milestone\"\ntitle = \"Milestone\"\nhours = 1\ncriteria = [\"Done.\"]\n"
    )
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn cache(&self) -> PathBuf {
        self.0.path().join("cache")
    }

    fn catalog(&self) -> Catalog {
        Catalog::new(built_ins(), vec![self.0.path().to_owned()], true, Some(self.cache()))
    }

    fn title(&self, id: &str) -> Option<String> {
        self.catalog().roadmap(id).map(|roadmap| roadmap.title.clone())
    }
}

#[test]
fn looking_at_one_path_reads_no_other() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    folder.write("broken.toml", "id = \"broken\"\nthis is not TOML");
    let catalog = folder.catalog();
    assert!(matches!(look_up(&catalog, "ai-integration/fastapi", &[]), Lookup::One(_)));
    assert_eq!(catalog.read_so_far(), 1);
    assert!(catalog.take_problems().is_empty(), "the broken one was not asked for");
    assert!(catalog.roadmap("mine").is_some());
    assert_eq!(catalog.read_so_far(), 2);
}

#[test]
fn a_path_is_found_whatever_its_file_is_called() {
    let folder = Folder::new();
    let odd = "# a comment\n\"id\" = 'odd-key'\n".to_owned();
    folder.write("some name.toml", &path_file("mine", "Mine", ""));
    let text = path_file("odd-key", "Odd", "").replace("id = \"odd-key\"\ntitle", "title");
    folder.write("a.toml", &format!("{odd}{text}"));
    let hidden = path_file("hidden", "Hidden", "").replace(
        "format = 1\nid = \"hidden\"",
        "format = 1\n'summary' = \"x\"\n  id=\"hidden\" # the id",
    );
    folder.write("b.toml", &hidden);
    for id in ["mine", "odd-key", "hidden"] {
        let catalog = folder.catalog();
        assert!(catalog.roadmap(id).is_some(), "{id}: {:?}", catalog.take_problems());
    }
}

#[test]
fn a_users_path_takes_the_place_of_a_built_in_one() {
    let folder = Folder::new();
    let file = folder.write("own.toml", &path_file("foundations", "My own", ""));
    let catalog = folder.catalog();
    assert_eq!(catalog.roadmap("foundations").unwrap().title, "My own");
    assert_eq!(catalog.source("foundations"), Some(Source::Own(file, true)));
    assert_eq!(catalog.source("ai-integration"), Some(Source::BuiltIn));
    assert_eq!(catalog.source("nothing"), None);
    let ids: Vec<&str> = catalog.all().into_iter().map(|(one, _)| one.id.as_str()).collect();
    assert_eq!(ids.iter().filter(|id| **id == "foundations").count(), 1);
    assert_eq!(ids.first(), Some(&"foundations"));
}

#[test]
fn a_bad_file_is_named_and_left_out() {
    let folder = Folder::new();
    folder.write("good.toml", &path_file("good", "Good", ""));
    folder.write("bad.toml", &path_file("bad", "", ""));
    folder.write("worse.toml", "format = ");
    fs::create_dir(folder.0.path().join("folder.toml")).unwrap();
    fs::write(folder.0.path().join("latin.toml"), b"title = \"\xe9\"").unwrap();
    folder.write(".hidden.toml", "no");
    folder.write("notes.txt", "no");
    let catalog = folder.catalog();
    assert!(catalog.all().iter().any(|(roadmap, _)| roadmap.id == "good"));
    let problems = told(&catalog);
    assert_eq!(problems.len(), 4, "{problems:#?}");
    for (name, what) in [
        ("bad.toml\", line: 3, ", "Invalid("),
        ("worse.toml\", line: 1, ", "Invalid("),
        ("folder.toml\", Directory)", "Unread("),
        ("latin.toml\", NotUtf8(1))", "Unread("),
    ] {
        assert!(
            problems.iter().any(|one| one.contains(name) && one.starts_with(what)),
            "{problems:#?}"
        );
    }
    assert!(catalog.take_problems().is_empty(), "each is told once");
}

#[test]
fn of_two_files_with_one_id_the_one_named_so_wins() {
    let folder = Folder::new();
    folder.write("a.toml", &path_file("twice", "By order", ""));
    folder.write("twice.toml", &path_file("twice", "By name", ""));
    let catalog = folder.catalog();
    assert_eq!(catalog.roadmap("twice").unwrap().title, "By name");
    assert_eq!(catalog.all().iter().filter(|(one, _)| one.id == "twice").count(), 1);
    let problems = told(&catalog);
    let is_right = |one: &String| {
        one.starts_with("SameId(")
            && one.contains("a.toml\", \"twice\", ")
            && one.contains("twice.toml\")")
    };
    assert!(problems.iter().any(is_right), "{problems:?}");
}

#[test]
fn a_place_that_is_missing_matters_only_where_it_was_named() {
    let nowhere = vec![PathBuf::from("/nowhere/at/all")];
    let catalog = Catalog::new(built_ins(), nowhere.clone(), true, None);
    assert!(catalog.roadmap("mine").is_none());
    assert_eq!(catalog.take_problems().len(), 1);
    let catalog = Catalog::new(built_ins(), nowhere, false, None);
    assert!(catalog.roadmap("mine").is_none());
    assert!(catalog.take_problems().is_empty());
}

/// What could not be used, as the facts.
fn told(catalog: &Catalog) -> Vec<String> {
    catalog.take_problems().iter().map(|problem| format!("{problem:?}")).collect()
}

/// Whether it is the only problem that a career file goes after another one.
fn is_second_career(problems: &[String], file: &str) -> bool {
    matches!(problems, [one] if one.starts_with("SecondCareer(")
        && one.contains(&format!("{file}\", "))
        && one.ends_with("career.toml\")"))
}

#[test]
fn references() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    folder.write("yours.toml", &path_file("yours", "Yours", ""));
    let catalog = folder.catalog();
    let shown = |text: &str, followed: &[&str]| match look_up(&catalog, text, followed) {
        Lookup::One(node) => format!("= {}", node.reference()),
        Lookup::Several(nodes) => {
            let all: Vec<String> = nodes.iter().map(|node| node.reference().to_string()).collect();
            format!("? {}", all.join(" "))
        }
        Lookup::Unknown(near) => format!("! {}", near.join(" ")),
    };
    for (text, followed, expected) in [
        ("ai-integration/fastapi", &[][..], "= ai-integration/fastapi"),
        ("fastapi", &[], "= ai-integration/fastapi"),
        ("ai-integration", &[], "= ai-integration"),
        ("mine-skill", &["ai-integration"], "= mine/mine-skill"),
        // In two paths as different things; the followed one decides.
        ("linear-algebra", &[], "? foundations/linear-algebra ml-engineering/linear-algebra"),
        ("linear-algebra", &["foundations"], "= foundations/linear-algebra"),
        // In two paths as one thing.
        ("essence-of-linear-algebra", &[], "= foundations/essence-of-linear-algebra"),
        (
            "foundation",
            &["ai-integration", "ml-engineering"],
            "? ai-integration/foundation ml-engineering/foundation",
        ),
        // In whatever case; what is spelt as an id is one first.
        ("FastAPI", &["ai-integration"], "= ai-integration/fastapi"),
        ("AI-Integration/FASTAPI", &[], "= ai-integration/fastapi"),
        ("AI-INTEGRATION", &[], "= ai-integration"),
        // By a whole title, with the followed paths first; several are told apart as with ids.
        ("data structures  and algorithms", &[], "= foundations/algorithms"),
        ("AI Integration Engineering", &[], "= ai-integration"),
        ("SKILL", &[], "? mine/mine-skill yours/yours-skill"),
        ("SKILL", &["yours"], "= yours/yours-skill"),
        ("no title at all", &[], "! "),
        ("ai-integraton/fastapi", &[], "! ai-integration/fastapi"),
        (
            "ai-integration/fastap",
            &[],
            "! ai-integration/fastapi ai-integration/fastapi-book ai-integration/fastapi-docs",
        ),
        // Of a path that is misspelt, or in another case, only what exists is suggested.
        ("ai-integraton/", &[], "! ai-integration"),
        (
            "ai-integraton/FastAPI-Book",
            &[],
            "! ai-integration/fastapi-book ai-integration/fastapi ai-integration/fastapi-docs",
        ),
        ("Foundations/algoritms", &[], "! foundations/algorithms"),
        // Where no path is near, what follows it counts; where there is nothing more, the path is meant.
        ("ai-integration/", &[], "! ai-integration"),
        ("nowhere/algoritms", &[], "! foundations/algorithms"),
        ("/algoritms", &[], "! foundations/algorithms"),
        // Several words are rather a title.
        ("dta structures and algoritms", &[], "! foundations/algorithms"),
        ("ai-integraton/zzzzzz", &[], "! "),
        ("ai-integraton/\u{0}\u{202e}\u{1b}[31m", &[], "! "),
        ("zzzzzz", &[], "! "),
        ("", &[], "! "),
        ("/", &[], "! "),
        ("a/b/c", &[], "! "),
    ] {
        assert_eq!(shown(text, followed), expected, "{text:?} with {followed:?}");
    }
}

#[test]
fn who_mentions_whom() {
    let folder = Folder::new();
    folder.write("mine.toml", &path_file("mine", "Mine", "requires = [\"foundations\"]"));
    let catalog = folder.catalog();
    let all = ["foundations", "ai-integration", "ml-engineering", "resource-library", "mine"];
    let mention = catalog.that_mention("foundations", &all);
    assert_eq!(mention, ["ai-integration", "ml-engineering", "mine"]);
    assert_eq!(catalog.read_so_far(), 1, "only the own file had to be read");
}

fn career_file(title: &str) -> String {
    format!(
        "format = 1\nkind = \"career\"\ntitle = \"{title}\"\n\
         [[areas]]\nid = \"tools\"\ntitle = \"Tools\"\nlevels = [\"a\", \"b\", \"c\", \"d\"]\n"
    )
}

#[test]
fn a_users_career_file_takes_the_place_of_the_built_in_one() {
    let folder = Folder::new();
    let catalog = folder.catalog();
    let built_in = catalog.career().unwrap().title.clone();
    assert_eq!(catalog.career_source(), Source::BuiltIn);

    let other = folder.write("a.toml", &career_file("Of another name"));
    let catalog = folder.catalog();
    assert_eq!(catalog.career().unwrap().title, "Of another name");
    assert_eq!(catalog.career_source(), Source::Own(other.clone(), true));

    let named = folder.write("career.toml", &career_file("Named so"));
    let catalog = folder.catalog();
    assert_eq!(catalog.career().unwrap().title, "Named so");
    assert_eq!(catalog.career_source(), Source::Own(named.clone(), true));
    let problems = told(&catalog);
    assert!(is_second_career(&problems, "a.toml"), "{problems:?}");

    // A broken one is named, and the next takes its place.
    for (broken, line) in [
        (career_file("Named so").replace("[\"a\", ", "["), "career.toml\", line: 7, "),
        ("kind = \"career\"\nthis is not TOML".to_owned(), "career.toml\", line: "),
        ("title = ".to_owned(), "career.toml\", line: "),
    ] {
        fs::write(&named, broken).unwrap();
        let catalog = folder.catalog();
        assert_eq!(catalog.career().unwrap().title, "Of another name");
        let problems = told(&catalog);
        let is_right = problems[0].starts_with("Invalid(") && problems[0].contains(line);
        assert!(is_right && problems.len() == 1, "{problems:?}");
    }
    fs::remove_file(other).unwrap();
    assert_eq!(folder.catalog().career().unwrap().title, built_in);
}

#[test]
fn a_career_file_is_no_path_and_disturbs_none() {
    let folder = Folder::new();
    folder.write("career.toml", &career_file("Mine"));
    folder.write("broken.toml", "kind = \"career\"\nthis is not TOML");
    // Its kind stands where it takes the whole file to learn it.
    let late = format!("{}\n{}", "# a comment\n".repeat(400), career_file("Late"));
    folder.write("late.toml", &late);
    folder.write("late-and-broken.toml", &late.replace("title", "titel"));
    folder.write("mine.toml", &path_file("mine", "Mine", ""));
    let catalog = folder.catalog();
    assert!(catalog.roadmap("career").is_none());
    let ids: Vec<&str> = catalog.all().into_iter().map(|(one, _)| one.id.as_str()).collect();
    assert!(ids.contains(&"mine") && !ids.contains(&"career"), "{ids:?}");
    let problems = told(&catalog);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(catalog.career().unwrap().title, "Mine");
    let problems = told(&catalog);
    assert!(is_second_career(&problems, "broken.toml"), "{problems:?}");

    fs::remove_file(folder.0.path().join("career.toml")).unwrap();
    let catalog = folder.catalog();
    assert_eq!(catalog.career().unwrap().title, "Late");
    assert_eq!(catalog.take_problems().len(), 2);
}

#[test]
fn the_career_file_is_read_only_when_it_is_asked_for() {
    let folder = Folder::new();
    folder.write("career.toml", &career_file("Mine"));
    let catalog = folder.catalog();
    assert!(matches!(look_up(&catalog, "ai-integration/fastapi", &[]), Lookup::One(_)));
    catalog.all();
    assert!(catalog.own_career.get().is_none() && catalog.built_in_career.get().is_none());
    assert!(catalog.career().is_some());
    assert!(catalog.built_in_career.get().is_none(), "the own file is enough");
}
