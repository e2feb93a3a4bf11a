use super::*;
use crate::model::fixture::sketch;

const OLD: &str = "
    path p
    stage s
    topic t 4h = Basics
    skill k = Reading CSV files
    skill l = Plotting
    resource r 2h = A book
    milestone m 3h needs=t = A report
    interview i needs=t
    question q = What is a missing value?";

/// What a change of the path does not keep, in few words.
fn broken(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (sketch(old), sketch(new));
    let found = of_path(&old[0], &new[0]);
    found.iter().map(in_short).collect()
}

fn in_short(one: &Breach) -> String {
    let near = one.near.as_ref().map_or("-", |near| near.as_str());
    let what = match &one.what {
        What::Gone(part) => format!("{} gone", part.id),
        What::LooksRenamed { from, why, replaces, .. } => {
            format!("{} renamed {why:?} {}", from.id, replaces.join(","))
        }
        What::Reused { before, after, moved_to } => {
            format!("{} -> {} {moved_to:?}", before.title, after.title)
        }
        What::NotReplaced { old, replaces } => format!("{old} dropped {}", replaces.join(",")),
        What::Criteria(part) => format!("{} criteria", part.id),
        What::Path { old, replaces } => format!("path {old} {}", replaces.join(",")),
        What::Everything => "everything".to_owned(),
    };
    format!("{near}: {what}")
}

#[test]
fn what_a_new_version_does_not_keep() {
    for (from, to, expected) in [
        ("skill k", "skill k", &[][..]),
        ("skill k = Reading CSV files", "skill k = Reading CSV and TSV files", &[]),
        ("    skill k = Reading CSV files\n", "", &["p/t: k gone"]),
        ("    resource r 2h = A book\n", "", &["p/t: r gone"]),
        ("    milestone m 3h needs=t = A report\n", "", &["p/s: m gone"]),
        ("skill k ", "skill c ", &["p/c: k renamed Title k"]),
        ("skill k ", "skill c was=k ", &[]),
        ("skill k ", "skill c was=z ", &["p/c: k renamed Title z,k"]),
        (
            "skill k = Reading CSV files",
            "skill k = Kubernetes",
            &["p/k: Reading CSV files -> Kubernetes None"],
        ),
        ("topic t 4h", "topic u 4h", &["p/u: t renamed Title t"]),
        ("topic t 4h", "topic u 4h was=t", &[]),
        ("question q ", "question x ", &["p/question:x: q renamed Title q"]),
        ("question q = What is a missing value?", "question x = Why?", &["-: q gone"]),
        // The ids of two things are exchanged.
        (
            "skill k = Reading CSV files\n    skill l = Plotting",
            "skill l = Reading CSV files\n    skill k = Plotting",
            &[
                "p/k: Reading CSV files -> Plotting Some(\"l\")",
                "p/l: Plotting -> Reading CSV files Some(\"k\")",
            ],
        ),
    ] {
        let topic = if to.starts_with("topic u") { "needs=u" } else { "needs=t" };
        let new = OLD.replacen(from, to, 1).replace("needs=t", topic);
        assert_eq!(broken(OLD, &new), expected, "{from:?} {to:?}");
    }
}

#[test]
fn what_was_replaced_stays_replaced() {
    let old = OLD.replace("skill k ", "skill k was=a ");
    assert_eq!(broken(&old, OLD), ["p/k: a dropped a"]);
    let new = OLD.replace("skill k ", "skill c was=k ");
    assert_eq!(broken(&old, &new), ["p/c: a dropped k,a"]);
    let new = OLD.replace("skill k ", "skill c was=k,a ");
    assert_eq!(broken(&old, &new), Vec::<String>::new());
    // The old id is another thing again.
    let new = OLD.replace("skill l ", "skill a = Sailing\n    skill l ");
    assert_eq!(broken(&old, &new), ["p/a: Reading CSV files -> Sailing Some(\"k\")"]);
}

#[test]
fn the_criteria_of_a_milestone_are_what_it_was_done_under() {
    let read = |criteria: &str| {
        let text = format!(
            "format = 1\nid = \"p\"\ntitle = \"P\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [{criteria}]\n"
        );
        milepost_path::read(&text).roadmap.unwrap()
    };
    let (one, two) = (read("\"It runs.\""), read("\"It runs.\", \"It is fast.\""));
    let found = |old, new| of_path(old, new).iter().map(in_short).collect::<Vec<_>>();
    assert_eq!(found(&one, &two), ["p/m: m criteria"]);
    assert_eq!(found(&one, &one), Vec::<String>::new());
}

#[test]
fn another_path_under_the_same_id_and_one_path_under_another() {
    let other = "
        path p
        stage x = Water
        topic y = Colours 4h
        skill z = Washes";
    assert_eq!(broken(OLD, other), ["-: everything"]);
    let named = |id: &str| OLD.replace("path p", &format!("path {id}"));
    assert_eq!(broken(OLD, &named("new")), ["-: path p p"]);
    assert_eq!(broken(OLD, &named("new was=p")), Vec::<String>::new());
    assert_eq!(broken(&named("p was=o"), &named("new was=p")), ["-: o dropped p,o"]);
    assert_eq!(broken(&named("p was=o"), &named("o was=p")), Vec::<String>::new());
}

#[test]
fn areas_and_roles_of_a_career_file() {
    let read = |areas: &str, roles: &str| {
        let text = format!("format = 1\nkind = \"career\"\ntitle = \"C\"\n{areas}\n{roles}");
        milepost_path::read(&text).career.unwrap()
    };
    let area = |id: &str, title: &str, more: &str| {
        format!(
            "[[areas]]\nid = \"{id}\"\ntitle = \"{title}\"\n{more}\n\
             levels = [\"I a {title}.\", \"I b {title}.\", \"I c {title}.\", \"I d {title}.\"]\n"
        )
    };
    let role = "[[roles]]\nid = \"smith\"\ntitle = \"Smith\"\nscope = \"Iron.\"\n";
    let old = read(
        &[area("tools", "Hammers", "replaces = [\"gear\"]"), area("care", "Care", "")].concat(),
        role,
    );
    let found = |new: &Career| of_career(&old, new).iter().map(in_short).collect::<Vec<_>>();
    assert_eq!(found(&old), Vec::<String>::new());
    let new = read(&[area("tools", "Hammers", ""), area("custody", "Care", "")].concat(), "");
    assert_eq!(
        found(&new),
        [
            "career/area:custody: care renamed Title care",
            "career/area:tools: gear dropped gear",
            "-: smith gone"
        ]
    );
    let new = read(&area("tools", "Kubernetes", "replaces = [\"gear\"]"), role);
    assert_eq!(found(&new), ["career/area:tools: Hammers -> Kubernetes None", "-: care gone"]);
}
