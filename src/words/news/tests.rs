use milepost_core::internals::fixture::{sketch, standing};
use milepost_core::internals::learner::Learner;
use milepost_core::internals::news;

use super::*;

const OLD: &str = "
    path p
    stage s
    topic t 4h
    skill k
    skill l
    resource r
    milestone m 4h";

/// What is said when a path changes from the sketch above by some replacements.
fn said(changes: &[(&str, &str)], marks: &str) -> String {
    let mut text = OLD.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let (old, new) = (sketch(OLD), sketch(&text));
    let standing = standing(marks);
    line(&news::of(&old[0], &new[0], &Learner { shelf: &new, standing: &standing }))
}

#[test]
fn a_line_says_what_changed_and_what_it_does() {
    for (changes, marks, expected) in [
        (
            &[("resource r", "skill n\nskill o\nresource r\nresource q")][..],
            "p/k=done",
            "2 skills and 1 resource added; that takes you from 25% to 12.5%",
        ),
        (&[("skill l", "")], "p/k=done", "1 skill removed; that takes you from 25% to 50%"),
        (
            &[("skill l", "skill l retired"), ("resource r", "resource r retired")],
            "",
            "1 skill and 1 resource retired; you are still at 0%",
        ),
        (
            &[("skill k", "skill j was=k"), ("resource r", "resource q\nresource r")],
            "p/k=done",
            "1 resource added; 1 skill renamed; you are still at 25%",
        ),
        // What nobody has is not new where it comes as a tombstone.
        (
            &[("skill l", "skill l\nskill x retired")],
            "",
            "the same items, counted or ordered differently; you are still at 0%",
        ),
        (
            &[("milestone m 4h", "milestone m 1h")],
            "p/k=done",
            "the same items, counted or ordered differently; that takes you from 25% to 40%",
        ),
    ] {
        let said = said(changes, marks);
        let said = said.strip_prefix("p has new content: ").unwrap();
        let said = said.strip_suffix("; `milepost show p` shows it").unwrap();
        assert_eq!(said, expected);
    }
}

#[test]
fn a_changed_file_is_named_as_such() {
    let (old, new) = (sketch(OLD), sketch(&OLD.replace("skill l", "")));
    let standing = standing("");
    let news = news::of(&old[0], &new[0], &Learner { shelf: &new, standing: &standing });
    let expected = "the file of p changed: 1 skill removed; you are still at 0%; \
                    `milepost show p` shows it";
    assert_eq!(changed(&news), expected);
}
