use super::*;
use crate::report::fixture::Home;

const ONE: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"It runs.\"]\n";

/// What is wrong in some files of a home: the line and the code, of a file after the other.
fn found(home: &Home, files: &[(&str, &str)]) -> Vec<Vec<(usize, &'static str)>> {
    for (name, text) in files {
        std::fs::write(home.file(name), text).unwrap();
    }
    let files = files.iter().map(|(name, _)| Given::Place(home.file(name))).collect();
    let report = report(&Query { files, against: None }, &home.app()).unwrap().report;
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
    let files = files.map(Given::Place).to_vec();
    let report = report(&Query { files, against: None }, &home.app()).unwrap().report;
    let lines: Vec<_> = report.files.iter().map(|file| file.found[0].line).collect();
    assert_eq!(lines, [2, 1, 1]);
    let codes: Vec<_> = report.files.iter().map(|file| file.found[0].what.code()).collect();
    assert_eq!(codes, ["unreadable", "unreadable", "no-files"]);
    assert_eq!((report.errors(), report.warnings()), (3, 0));
}

#[test]
fn without_a_name_all_own_files_are_checked() {
    let home = Home::with(&[]);
    let codes = || {
        let answer = report(&Query::default(), &home.app()).unwrap();
        let files: Vec<_> = answer.report.files.iter().map(|file| file.found.len()).collect();
        (files, answer.hints.len())
    };
    assert_eq!(codes(), (vec![], 1));
    std::fs::write(home.file("paths").join("one.toml"), ONE).unwrap();
    std::fs::write(home.file("paths").join("two.toml"), "format = 2\n").unwrap();
    assert_eq!(codes(), (vec![0, 1], 0));
}

/// What some texts do not keep of others: the line and the code.
fn compared(old: &[&str], new: &[&str]) -> Result<Vec<Vec<(usize, &'static str)>>> {
    let home = Home::with(&[]);
    let folder = home.file("old");
    std::fs::create_dir(&folder).unwrap();
    for (at, text) in old.iter().enumerate() {
        std::fs::write(folder.join(format!("{at}.toml")), text).unwrap();
    }
    let alone = || Given::Place(folder.join("0.toml"));
    let against = if old.len() == 1 { alone() } else { Given::Place(folder.clone()) };
    let text = |(at, text): (usize, &&str)| Given::Text(format!("{at}"), (*text).to_owned());
    let files = new.iter().enumerate().map(text).collect();
    let report = report(&Query { files, against: Some(against) }, &home.app())?.report;
    let codes =
        |file: &FileReport| file.found.iter().map(|one| (one.line, one.what.code())).collect();
    Ok(report.files.iter().map(codes).collect())
}

#[test]
fn a_version_is_compared_with_the_one_before() {
    let renamed = ONE.replace("id = \"m\"", "id = \"n\"");
    assert_eq!(compared(&[ONE], &[ONE]).unwrap(), [vec![]]);
    assert_eq!(compared(&[ONE], &[&renamed]).unwrap(), [vec![(8, "looks-renamed")]]);
    let criteria = ONE.replace("It runs.", "It flies.");
    assert_eq!(compared(&[ONE], &[&criteria]).unwrap(), [vec![(8, "criteria-changed")]]);
    let moved = ONE.replace("\"one\"", "\"two\"");
    assert_eq!(compared(&[ONE], &[&moved]).unwrap(), [vec![(2, "id-gone")]]);
    let claims = ONE.replace("\"one\"", "\"two\"\nreplaces = [\"one\"]");
    assert_eq!(compared(&[ONE], &[&claims]).unwrap(), [vec![]]);
    // Of a folder, each has its own version before.
    let two = moved.as_str();
    assert_eq!(
        compared(&[ONE, two], &[&renamed, two]).unwrap(),
        [vec![(8, "looks-renamed")], vec![]]
    );
    assert_eq!(compared(&[ONE, two], &[two]).unwrap(), [vec![]]);
    // What is wrong with a file is told first.
    let broken = ONE.replace("hours = 1", "hours = -1");
    assert_eq!(compared(&[ONE], &[&broken]).unwrap(), [vec![(10, "bad-hours")]]);
}

const OVERLAY: &str = "format = 1\nkind = \"overlay\"\nextends = \"one\"\n[[stages]]\nid = \"s\"\n\
    [[stages.topics]]\nid = \"my-t\"\ntitle = \"T\"\nhours = 2\n\
    skills = [{ id = \"my-k\", title = \"K\" }, { id = \"my-l\", title = \"L\" }]\n\
    resources = [{ id = \"my-r\", title = \"R\", type = \"docs\", hours = 2 }]\n[hide]\nitems = [\"m\"]\n";

#[test]
fn an_overlay_is_compared_with_the_one_before_and_with_its_path_before() {
    let with = |from: &str, to: &str| OVERLAY.replace(from, to);
    assert_eq!(compared(&[ONE, OVERLAY], &[ONE, OVERLAY]).unwrap(), [vec![], vec![]]);
    let of_overlay = |new: &str| compared(&[ONE, OVERLAY], &[ONE, new]).unwrap().pop().unwrap();
    assert_eq!(of_overlay(&with("my-k", "my-g")), [(10, "looks-renamed")]);
    assert_eq!(of_overlay(&with("\"K\"", "\"Sailing\"")), [(10, "id-reused")]);
    assert_eq!(of_overlay(&with("{ id = \"my-k\", title = \"K\" }, ", "")), [(7, "id-gone")]);
    let keeps = with("\"my-k\"", "\"my-g\", replaces = [\"my-k\"]");
    assert_eq!(of_overlay(&keeps), []);
    // What it hides more, or shows again, is recorded as before.
    assert_eq!(of_overlay(&with("[\"m\"]", "[\"m\", \"s\"]")), []);
    assert_eq!(of_overlay(&with("[\"m\"]", "[]")), []);
    let allows = ["# check: allow looks-renamed\n", &with("my-k", "my-g")].concat();
    assert_eq!(of_overlay(&allows), []);

    // A stage that the path has no longer takes with it what the overlay adds there.
    let moved = ONE.replace("\"s\"", "\"other\"").replace("\"S\"", "\"Other\"");
    let found = compared(&[ONE, OVERLAY], &[&moved, OVERLAY]).unwrap();
    let gone = ["id-gone"; 4].map(|code| (3, code));
    assert_eq!(found[1], [&gone[..], &[(5, "overlay-loose")]].concat());
    let renamed = moved.replace("\"other\"", "\"other\"\nreplaces = [\"s\"]");
    assert_eq!(compared(&[ONE, OVERLAY], &[&renamed, OVERLAY]).unwrap(), [vec![], vec![]]);
}

#[test]
fn a_day_that_has_not_come_is_told() {
    let home = Home::with(&[]);
    let with =
        |day: &str| ONE.replace("title = \"One\"", &format!("title = \"One\"\n  updated  = {day}"));
    let of = |text: &str| found(&home, &[("one.toml", text)]).remove(0);
    // Where its author lives, it can be tomorrow already.
    assert_eq!(of(&with("2026-11-21")), []);
    assert_eq!(of(&with("2026-11-22")), [(4, "future-updated")]);
    assert_eq!(of(&with("2031-01-01  # check: allow future-updated")), []);
    let career = "format = 1\nkind = \"career\"\ntitle = \"C\"\nupdated = 2031-01-01\n";
    assert_eq!(of(career), [(1, "empty"), (4, "future-updated")]);
}

/// An overlay in a home with its path.
fn overlay_at_home(path: &str, overlay: &str) -> Home {
    Home::with(&[("one.toml", path), ("one.overlay.toml", overlay)])
}

#[test]
fn an_overlay_alone_is_compared_by_the_path_that_is_installed() {
    let home = overlay_at_home(ONE, OVERLAY);
    let against = |new: &str, old: &str| {
        std::fs::write(home.file("new.toml"), new).unwrap();
        std::fs::write(home.file("old.toml"), old).unwrap();
        let place = |name: &str| Given::Place(home.file(name));
        let query = Query { files: vec![place("new.toml")], against: Some(place("old.toml")) };
        let report = report(&query, &home.app()).map(|answer| answer.report);
        report.map(|mut report| {
            let file = report.files.remove(0);
            file.found.iter().map(|one| (one.line, one.what.code())).collect::<Vec<_>>()
        })
    };
    let renamed = OVERLAY.replace("my-k", "my-g");
    assert_eq!(against(&renamed, OVERLAY).unwrap(), [(10, "looks-renamed")]);
    // The version before of its path: what is installed is the new one.
    let before = ONE.replace("\"s\"", "\"old\"\nreplaces = [\"s\"]");
    assert_eq!(against(OVERLAY, &before).unwrap(), []);
    let other = OVERLAY.replace("\"one\"", "\"two\"");
    assert!(against(OVERLAY, &other).is_err());
    // A path says what the overlay that is installed would name in vain.
    let gone = ONE.replace("\"m\"", "\"n\"").replace("\"M\"", "\"Sailing\"");
    assert_eq!(against(&gone, ONE).unwrap(), [(5, "id-gone"), (5, "overlay-loose")]);
    assert_eq!(against(&gone, &gone).unwrap(), []);
    let follows = ONE.replace("\"m\"", "\"n\"\nreplaces = [\"m\"]");
    assert_eq!(against(&follows, ONE).unwrap(), []);
}

#[test]
fn a_comment_allows_what_is_not_kept() {
    let renamed = |comment: &str| ONE.replace("id = \"m\"", &format!("id = \"n\"  {comment}"));
    let found = |new: &str| compared(&[ONE], &[new]).unwrap().remove(0);
    assert_eq!(found(&renamed("# check: allow looks-renamed")), []);
    assert_eq!(found(&renamed("# check: allow id-gone")), [(8, "looks-renamed")]);
    assert_eq!(found(&["# check: allow looks-renamed\n", &renamed("")].concat()), []);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let refused = |old: &[&str], new: &[&str]| match compared(old, new) {
        Err(super::super::Error::Refused(refusal)) => match *refusal {
            super::super::Refusal::Check(refusal) => refusal,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let other =
        ONE.replace("\"one\"", "\"two\"").replace("\"m\"", "\"x\"").replace("\"M\"", "\"Sailing\"");
    let other = other.replace("\"s\"", "\"y\"").replace("\"S\"", "\"Water\"");
    assert!(matches!(refused(&[ONE], &[&other]), Refusal::NotAVersion(_)));
    assert!(matches!(refused(&[ONE, "format = 1\n"], &[ONE]), Refusal::Invalid(_)));
    assert!(matches!(refused(&[], &[ONE]), Refusal::NoFiles(_)));
    let career = "format = 1\nkind = \"career\"\ntitle = \"C\"\n";
    assert!(matches!(refused(&[career], &[ONE]), Refusal::NotAVersion(_)));
}
