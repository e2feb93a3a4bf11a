use super::*;
use crate::report::fixture::Home;

const ONE: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"It runs.\"]\n";

/// What is wrong in some files of a home: the line and the code, of a file after the other.
fn found(home: &Home, files: &[(&str, &str)]) -> Vec<Vec<(usize, &'static str)>> {
    for (name, text) in files {
        std::fs::write(home.file(name), text).unwrap();
    }
    let query = Query { files: files.iter().map(|(name, _)| home.file(name)).collect() };
    let report = report(&query, &home.app()).report;
    assert_eq!(
        report.errors() + report.warnings(),
        report.files.iter().map(|file| file.found.len()).sum::<usize>()
    );
    let codes = |file: &FileReport| {
        file.found.iter().map(|one| (one.line, one.what.code())).collect::<Vec<_>>()
    };
    report.files.iter().map(codes).collect()
}

#[test]
fn files_see_each_other_and_what_is_installed() {
    let home = Home::with(&[]);
    let renamed = |id: &str| {
        ONE.replace("\"one\"", &[&["\"", id, "\""].concat(), "replaces = [\"one\"]"].join("\n"))
    };
    let (kit, chest) = (renamed("kit"), renamed("chest"));
    let needs = ONE.replace("\"one\"", "\"web\"\nrequires = [\"one\"]");
    let none = Vec::new;
    assert_eq!(found(&home, &[("web.toml", &needs), ("one.toml", ONE)]), [none(), none()]);
    assert_eq!(found(&home, &[("web.toml", &needs)]), [vec![(3, "unknown-path")]]);
    assert_eq!(
        found(&home, &[("one.toml", ONE), ("twin.toml", ONE), ("web.toml", &needs)]),
        [none(), vec![(1, "duplicate-path")], none()]
    );
    assert_eq!(found(&home, &[("kit.toml", &kit)]), [none()]);
    assert_eq!(
        found(&home, &[("kit.toml", &kit), ("one.toml", ONE)]),
        [vec![(3, "old-path-present")], none()]
    );
    // What is installed counts as well, but not what a file would take the place of.
    std::fs::write(home.file("paths").join("kit.toml"), &kit).unwrap();
    assert_eq!(found(&home, &[("kit.toml", &kit)]), [none()]);
    assert_eq!(found(&home, &[("chest.toml", &chest)]), [vec![(3, "path-replaced-twice")]]);
    let other = ONE.replace("\"one\"", "\"kit\"");
    assert_eq!(found(&home, &[("kit.toml", &other), ("chest.toml", &chest)]), [none(), none()]);
    std::fs::write(home.file("paths").join("own.toml"), ONE).unwrap();
    assert_eq!(
        found(&home, &[("chest.toml", &chest)]),
        [vec![(3, "path-replaced-twice"), (3, "old-path-present")]]
    );
}

#[test]
fn what_cannot_be_read_is_part_of_the_answer() {
    let home = Home::with(&[]);
    std::fs::write(home.file("latin.toml"), b"# one\ntitle = \"caf\xe9\"\n").unwrap();
    let files = ["latin.toml", "missing.toml", "paths"].map(|name| home.file(name));
    let report = report(&Query { files: files.to_vec() }, &home.app()).report;
    let lines: Vec<_> = report.files.iter().map(|file| file.found[0].line).collect();
    assert_eq!(lines, [2, 1, 1]);
    let unread = |file: &FileReport| matches!(file.found[0].what, What::Unreadable(_));
    assert!(report.files.iter().all(unread));
    assert_eq!((report.errors(), report.warnings()), (3, 0));
}
