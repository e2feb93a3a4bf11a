//! References between files, beyond what the fixtures show.

use super::*;

fn path(id: &str, requires: &str, stages: &str) -> String {
    format!("format = 1\nid = \"{id}\"\ntitle = \"{id}\"\nrequires = [{requires}]\n{stages}")
}

/// A stage with one topic and one milestone, named after their path.
fn stage(id: &str, stage: &str, topic: &str, milestone: &str) -> String {
    let requires = |list: &str| {
        if list.is_empty() { String::new() } else { format!("requires = [{list}]\n") }
    };
    format!(
        "[[stages]]\nid = \"{id}-s\"\ntitle = \"S\"\n{}[[stages.topics]]\nid = \"{id}-t\"\n\
         title = \"T\"\nhours = 1\nskills = [{{ id = \"{id}-k\", title = \"K\" }}]\n{}\
         resources = [{{ id = \"{id}-r\", title = \"R\", type = \"docs\", cost = \"free\" }}]\n\
         [[stages.milestones]]\nid = \"{id}-m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"x\"]\n{}",
        requires(stage),
        requires(topic),
        requires(milestone),
    )
}

/// The messages about the first of two paths.
fn told(first: &str, second: &str) -> Vec<String> {
    let reading = read(first);
    assert!(reading.roadmap.is_some(), "{:#?}", reading.diagnostics);
    let found = check_foreign(&reading, &Held::of(&[first, second]));
    found.into_iter().map(|d| d.message).collect()
}

#[test]
fn circles_through_two_files() {
    let circle = |way: &str| vec![format!("requirements form a circle: `{way}`")];
    // Whole paths that require each other.
    let a = path("a", "\"b\"", &stage("a", "", "", ""));
    let b = path("b", "\"a\"", &stage("b", "", "", ""));
    assert_eq!(told(&a, &b), circle("a -> b -> a"));
    assert_eq!(told(&b, &a), circle("b -> a -> b"));
    // A path that requires another, of which one topic asks for a part of the first by name. The
    // part waits for nothing of its own, so it waits for what the path requires.
    let b = path("b", "", &stage("b", "", "\"a/a-k\"", ""));
    assert_eq!(told(&a, &b), circle("a -> b -> b/b-t -> a/a-k -> a/a-t -> a"));
    // Where that part waits for something of its own, nothing leads back.
    let c = path("a", "\"b\"", &stage("a", "", "\"c/c-t\"", ""));
    let held = Held::of(&[&b, &path("c", "", &stage("c", "", "", ""))]);
    assert_eq!(check_foreign(&read(&c), &held), []);
    // Stages hold what stands in them.
    let a = path("a", "", &stage("a", "\"b/b-m\"", "", ""));
    let b = path("b", "", &stage("b", "\"a/a-k\"", "", ""));
    assert_eq!(told(&a, &b), circle("a/a-s -> b/b-m -> b/b-s -> a/a-k -> a/a-t -> a/a-s"));
    // Circles of others are theirs.
    let c = path("c", "\"a\"", &stage("c", "", "", ""));
    let held = Held::of(&[&a, &b, &c]);
    assert_eq!(check_foreign(&read(&c), &held), []);
}

#[test]
fn a_circle_counts_what_the_reading_says_and_not_the_shelf() {
    // The shelf has the built-in `a`; the user's `a`, which is to take its place, makes a circle.
    let built_in = path("a", "", &stage("a", "", "", ""));
    let b = path("b", "", &stage("b", "", "\"a/a-t\"", ""));
    let users = path("a", "", &stage("a", "", "\"b/b-t\"", ""));
    let held = Held::of(&[&built_in, &b]);
    assert_eq!(check_foreign(&read(&built_in), &held), []);
    let found = check_foreign(&read(&users), &held);
    assert_eq!(positions(&users, &found), ["circular-requires@13:13"]);
}

#[test]
fn references_are_checked_where_the_file_has_errors_too() {
    let text = path("a", "\"nowhere\"", &stage("a", "", "\"b/b-r\", \"b/b-x\"", ""));
    let text = text.replace("title = \"M\"", "title = \"\"");
    let reading = read(&text);
    assert!(reading.roadmap.is_none());
    let found = check_foreign(&reading, &Held::of(&[&path("b", "", &stage("b", "", "", ""))]));
    assert_eq!(
        positions(&text, &found),
        ["unknown-path@4:13", "wrong-kind@13:13", "unknown-reference@13:22"]
    );
    assert_eq!(found.last().and_then(|d| d.help.as_deref()), Some("did you mean `b-k`?"));
}

#[test]
fn chains_of_same_as_may_end_anywhere() {
    let same = |id: &str, as_what: &str| {
        let old = format!("id = \"{id}-m\"\n");
        path(id, "", &stage(id, "", "", ""))
            .replace(&old, &format!("{old}same_as = \"{as_what}\"\n"))
    };
    let a = same("a", "b/b-m");
    let open = Held::of(&[&same("b", "c/c-m"), &path("c", "", &stage("c", "", "", ""))]);
    assert_eq!(check_foreign(&read(&a), &open), []);
    // A circle of others that this file only leads to is theirs.
    let theirs = Held::of(&[&same("b", "c/c-m"), &same("c", "b/b-m")]);
    assert_eq!(check_foreign(&read(&a), &theirs), []);
    let ours = Held::of(&[&same("b", "c/c-m"), &same("c", "a/a-m")]);
    let found = check_foreign(&read(&a), &ours);
    let messages: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages, ["`same_as` forms a circle: `a/a-m -> b/b-m -> c/c-m -> a/a-m`"]);
}
