//! Which files are read, which path wins, and that no cache is ever stale.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::fixture::built_ins;
use super::reference::{Lookup, look_up};
use super::{Catalog, Source};

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

/// Long enough to be kept in the cache.
fn long(title: &str) -> String {
    path_file("kept", title, &format!("summary = \"{}\"", "x ".repeat(900)))
        + &(0..60)
            .map(|n| format!("# line {n} to make the file worth keeping in a cache\n"))
            .collect::<String>()
}

fn index_files(cache: &Path) -> Vec<PathBuf> {
    fs::read_dir(cache.join("indexes"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default()
}

#[test]
fn what_is_kept_is_the_same_as_what_was_read() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("First"));
    let first = folder.catalog().roadmap("kept").cloned();
    assert_eq!(index_files(&folder.cache()).len(), 1);
    assert_eq!(folder.catalog().roadmap("kept").cloned(), first);
    // A short file is as quick to parse.
    folder.write("short.toml", &path_file("short", "Short", ""));
    assert!(folder.catalog().roadmap("short").is_some());
    assert_eq!(index_files(&folder.cache()).len(), 1);
}

/// What tells a changed file by its looks: size and time.
fn seen(path: &Path) -> (u64, SystemTime) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.len(), metadata.modified().unwrap())
}

/// Gives a file these times.
fn set_modified(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

/// How a file gets another text.
type Change = fn(&Path, &str);

/// The ways in which programs change a file.
const WAYS: &[(&str, Change)] = &[
    ("written in place", |file, text| fs::write(file, text).unwrap()),
    ("one word patched", |file, text| {
        use std::io::{Seek, Write};
        let at = text.find("title = \"").unwrap() + 9;
        let mut open = fs::File::options().write(true).open(file).unwrap();
        open.seek(std::io::SeekFrom::Start(at as u64)).unwrap();
        open.write_all(&text.as_bytes()[at..at + 5]).unwrap();
    }),
    ("cut off and written again", |file, text| {
        fs::write(file, "").unwrap();
        fs::write(file, text).unwrap();
    }),
    ("removed and made again", |file, text| {
        fs::remove_file(file).unwrap();
        fs::write(file, text).unwrap();
    }),
    ("another renamed over it", |file, text| {
        let other = file.with_extension("tmp");
        fs::write(&other, text).unwrap();
        set_modified(&other, seen(file).1);
        fs::rename(&other, file).unwrap();
    }),
    ("the other of two names written", |file, text| {
        let other = file.with_extension("other");
        fs::hard_link(file, &other).unwrap();
        fs::write(&other, text).unwrap();
        fs::remove_file(&other).unwrap();
    }),
    #[cfg(unix)]
    ("a link led elsewhere", |file, text| {
        let other = file.with_extension("elsewhere");
        fs::write(&other, text).unwrap();
        set_modified(&other, seen(file).1);
        fs::remove_file(file).unwrap();
        std::os::unix::fs::symlink(&other, file).unwrap();
    }),
];

#[test]
fn no_change_that_keeps_size_and_time_shows_an_old_path() {
    for (way, change) in WAYS {
        let folder = Folder::new();
        let file = folder.write("kept.toml", &long("First"));
        assert_eq!(folder.title("kept").as_deref(), Some("First"), "{way}");
        let before = seen(&file);
        change(&file, &long("Third"));
        set_modified(&file, before.1);
        assert_eq!(seen(&file), before, "{way} keeps size and time");
        assert_eq!(folder.title("kept").as_deref(), Some("Third"), "{way}");
    }
}

#[test]
fn no_change_that_keeps_one_of_size_and_time_shows_an_old_path() {
    let folder = Folder::new();
    let file = folder.write("kept.toml", &long("First"));
    assert_eq!(folder.title("kept").as_deref(), Some("First"));
    let before = seen(&file);
    // The size is another, the time the same; then the time older, as of a copy that keeps it.
    fs::write(&file, long("A longer one")).unwrap();
    set_modified(&file, before.1);
    assert_eq!(folder.title("kept").as_deref(), Some("A longer one"));
    fs::write(&file, long("Older")).unwrap();
    set_modified(&file, SystemTime::UNIX_EPOCH);
    assert_eq!(folder.title("kept").as_deref(), Some("Older"));
    // Back to what it was, and gone.
    fs::write(&file, long("First")).unwrap();
    assert_eq!(folder.title("kept").as_deref(), Some("First"));
    fs::remove_file(&file).unwrap();
    assert_eq!(folder.title("kept"), None);
}

#[test]
fn two_files_that_change_places_are_told_apart() {
    let folder = Folder::new();
    let (one, two) = (folder.write("a.toml", &long("First")), folder.0.path().join("b.tmp"));
    fs::write(&two, long("Other")).unwrap();
    set_modified(&two, seen(&one).1);
    let between = folder.0.path().join("between");
    for title in ["First", "Other", "First", "Other"] {
        assert_eq!(folder.title("kept").as_deref(), Some(title));
        for (from, to) in [(&one, &between), (&two, &one), (&between, &two)] {
            fs::rename(from, to).unwrap();
        }
    }
}

#[test]
fn the_index_of_another_text_is_not_taken() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("First"));
    assert_eq!(folder.title("kept").as_deref(), Some("First"));
    let first = index_files(&folder.cache()).remove(0);
    folder.write("kept.toml", &long("Third"));
    assert_eq!(folder.title("kept").as_deref(), Some("Third"));
    let third = index_files(&folder.cache()).into_iter().find(|file| *file != first).unwrap();
    // Whole and sound, but under a name that is not its own.
    fs::copy(&first, &third).unwrap();
    assert_eq!(folder.title("kept").as_deref(), Some("Third"));
}

#[test]
fn a_damaged_index_is_made_anew() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("First"));
    let good = folder.catalog().roadmap("kept").cloned();
    let index = index_files(&folder.cache()).remove(0);
    let bytes = fs::read(&index).unwrap();
    for at in (0..bytes.len()).step_by(7) {
        let mut bad = bytes.clone();
        bad[at] ^= 0x10;
        fs::write(&index, &bad).unwrap();
        assert_eq!(folder.catalog().roadmap("kept").cloned(), good, "byte {at}");
    }
    for length in [0, 7, 16, 32, bytes.len() - 1] {
        fs::write(&index, &bytes[..length]).unwrap();
        assert_eq!(folder.catalog().roadmap("kept").cloned(), good, "length {length}");
    }
}

#[test]
fn a_cache_that_cannot_be_written_costs_nothing_but_time() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("First"));
    fs::write(folder.cache(), "a file where a folder should be").unwrap();
    assert_eq!(folder.title("kept").as_deref(), Some("First"));
}

#[cfg(unix)]
#[test]
fn the_cache_is_private_and_bounded() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    for n in 0..70 {
        folder.write("kept.toml", &long(&format!("Number {n}")));
        assert_eq!(folder.title("kept"), Some(format!("Number {n}")));
    }
    let files = index_files(&folder.cache());
    assert_eq!(files.len(), 64);
    for path in files.iter().chain([&folder.cache().join("indexes")]) {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o077;
        assert_eq!(mode, 0, "{}", path.display());
    }
}

/// One folder can be the cache, the configuration and more.
#[test]
fn only_what_is_an_index_is_ever_removed() {
    let folder = Folder::new();
    let indexes = folder.cache().join("indexes");
    fs::create_dir_all(&indexes).unwrap();
    let hash = "0123456789abcdef0123456789abcdef";
    let users = [
        "mine.toml".to_owned(),
        "mine.index".to_owned(),
        hash.to_owned(),
        // As an index is called, but it holds something else.
        format!("{hash}.index"),
    ];
    for name in &users {
        fs::write(indexes.join(name), long("The only copy")).unwrap();
        let long_ago = fs::File::options().write(true).open(indexes.join(name)).unwrap();
        long_ago.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    for n in 0..70 {
        folder.write("kept.toml", &long(&format!("Number {n}")));
        assert_eq!(folder.title("kept"), Some(format!("Number {n}")));
    }
    assert!(super::index::useless(&folder.cache()).is_empty());
    let files = index_files(&folder.cache());
    for name in &users {
        assert!(files.contains(&indexes.join(name)), "{name}");
    }
    assert!(files.len() <= 64 + users.len(), "{}", files.len());
}

#[test]
fn what_is_useless_is_an_index_that_nobody_reads() {
    let folder = Folder::new();
    folder.write("kept.toml", &long("First"));
    assert_eq!(folder.title("kept").as_deref(), Some("First"));
    let index = index_files(&folder.cache()).remove(0);
    let whole = fs::read(&index).unwrap();
    let useless = || super::index::useless(&folder.cache());
    assert!(useless().is_empty());
    // Damaged; of another version; in the folder of earlier ones.
    for at in [whole.len() - 1, 0] {
        let mut other = whole.clone();
        other[at] ^= 1;
        fs::write(&index, &other).unwrap();
        assert_eq!(useless().as_slice(), std::slice::from_ref(&index), "byte {at}");
    }
    fs::write(&index, &whole).unwrap();
    let earlier = folder.cache().join("paths").join(index.file_name().unwrap());
    fs::create_dir(folder.cache().join("paths")).unwrap();
    fs::copy(&index, &earlier).unwrap();
    assert_eq!(useless(), [earlier]);
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
