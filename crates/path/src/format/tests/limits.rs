//! Texts that try to make the reader slow, large or deep.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

/// Far more than a near-linear run takes in a debug build on a busy machine, and far less than
/// any of these takes in quadratic time.
const SOON: Duration = Duration::from_secs(20);

const HEAD: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\n";

fn timed(text: &str) -> Reading {
    let start = Instant::now();
    let reading = read(text);
    let foreign = check_foreign(&reading, &Held(Vec::new()));
    let took = start.elapsed();
    assert!(took < SOON, "{took:?} for {} bytes, {} foreign", text.len(), foreign.len());
    assert!(reading.diagnostics.len() <= diagnostic::MOST_DIAGNOSTICS);
    reading
}

/// One topic whose skills are `count` times what `skill` writes.
fn skills(count: usize, mut skill: impl FnMut(usize) -> String) -> String {
    let mut text = format!(
        "{HEAD}[[stages]]\nid = \"s\"\ntitle = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\n\
         skills = [\n"
    );
    for at in 0..count {
        let _ = writeln!(text, "  {{ {} }},", skill(at));
    }
    text.push_str("]\n");
    text
}

fn topics(count: usize, mut requires: impl FnMut(usize) -> String) -> String {
    let mut text = format!("{HEAD}[[stages]]\nid = \"s\"\ntitle = \"S\"\n");
    for at in 0..count {
        let _ = writeln!(
            text,
            "[[stages.topics]]\nid = \"t{at}\"\ntitle = \"T\"\nrequires = [{}]",
            requires(at)
        );
    }
    text
}

fn codes(reading: &Reading) -> Vec<Code> {
    let mut codes: Vec<Code> = reading.diagnostics.iter().map(|d| d.code).collect();
    codes.retain(|code| *code != Code::Empty);
    codes.dedup();
    codes
}

#[test]
fn ten_thousand_items_take_less_than_a_second() {
    let text = skills(10_000, |at| format!("id = \"k{at}\", title = \"A skill\""));
    let start = Instant::now();
    assert!(read(&text).roadmap.is_some());
    // A second alone; the factor is for other work on the machine.
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[test]
fn many_problems_are_counted_and_not_kept() {
    let reading = timed(&skills(60_000, |at| format!("id = \"same\", title = \"Skill {at}\"")));
    assert_eq!(codes(&reading), [Code::DuplicateId]);
    // And three warnings: no hours, no milestone, and no resource for any of them.
    assert_eq!(reading.left_out, 59_999 + 2 + 60_000 - 50);
    let reading = timed(&skills(60_000, |at| format!("id = \"k{at}\", titel = \"x\", x = 1")));
    assert_eq!(codes(&reading), [Code::UnknownKey]);
    let old = |at| format!("id = \"k{at}\", title = \"x\", replaces = [\"old\"]");
    assert_eq!(codes(&timed(&skills(60_000, old))), [Code::ReplacedTwice]);
}

#[test]
fn many_references_cost_no_square() {
    let wrong = |at: usize| format!("\"u{at}\"");
    assert_eq!(codes(&timed(&topics(30_000, wrong))), [Code::UnknownReference]);
    let next = |at: usize| format!("\"t{}\"", at + 1);
    let chain = topics(30_000, next).replace("requires = [\"t30000\"]", "");
    assert!(timed(&chain).roadmap.is_some());
    let circle = topics(30_000, |at| format!("\"t{}\"", (at + 1) % 30_000));
    assert_eq!(codes(&timed(&circle)), [Code::CircularRequires]);
    let pairs = topics(30_000, |at| format!("\"t{}\"", at ^ 1));
    let reading = timed(&pairs);
    assert_eq!((reading.diagnostics.len(), reading.left_out), (50, 15_001 - 50));
    // Each of 200 waits for each other: 19,900 pairs, and ways beyond counting.
    let all = topics(200, |at| {
        let others = (0..200).filter(|other| *other != at);
        others.map(|other| format!("\"t{other}\"")).collect::<Vec<_>>().join(", ")
    });
    assert_eq!(codes(&timed(&all)), [Code::CircularRequires]);
    let elsewhere = timed(&topics(30_000, |at| format!("\"q/u{at}\"")));
    assert_eq!(elsewhere.foreign.len(), 30_000);
    let list: String = (0..60_000).map(|at| format!("\"q/u{at}\", ")).collect();
    assert_eq!(timed(&topics(1, |_| list.clone())).foreign.len(), 60_000);
}

#[test]
fn large_files_that_require_each_other_are_checked_soon() {
    let to_q = topics(20_000, |at| format!("\"q/t{at}\", \"q/old{at}\""));
    let to_p = topics(20_000, |at| format!("\"p/t{at}\"")).replace("\"p\"\ntitle", "\"q\"\ntitle");
    let held = Held::of(&[&to_p]);
    let reading = read(&to_q);
    let start = Instant::now();
    let found = check_foreign(&reading, &held);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    let count = |code| found.iter().filter(|d| d.code == code).count();
    assert_eq!(count(Code::UnknownReference), 20_000);
    assert_eq!(count(Code::CircularRequires), 20_000);
}

#[test]
fn counts_are_bounded() {
    let one_more = |at| format!("id = \"k{at}\", title = \"x\"");
    let reading = timed(&skills(60_001, one_more));
    assert_eq!(codes(&reading), [Code::Limit]);
    let two_topics = skills(50_000, |at| format!("id = \"a{at}\", title = \"x\""))
        + &skills(50_001, |at| format!("id = \"b{at}\", title = \"x\""))
            .replace(HEAD, "")
            .replace("id = \"s\"", "id = \"s2\"")
            .replace("id = \"t\"", "id = \"t2\"");
    let reading = timed(&two_topics);
    assert_eq!(reading.diagnostics.iter().filter(|d| d.code == Code::Limit).count(), 1);
    assert!(reading.roadmap.is_none());
    let reading = timed(&format!("{HEAD}{}", "[[stages]]\n".repeat(1_001)));
    assert_eq!(codes(&reading), [Code::Limit]);
    let reading = timed(&" ".repeat(16 * 1024 * 1024 + 1));
    assert_eq!(codes(&reading), [Code::Limit]);
}

#[test]
fn deep_texts_need_no_deep_stack() {
    let many = 100_000;
    let key = vec!["a"; 80].join(".");
    let allowed = ["a"; 9].join(".");
    let deep = [
        format!("x = {}", "[".repeat(many)),
        format!("x = {}{}", "[".repeat(many), "]".repeat(many)),
        format!("x = {}", "{a=".repeat(many)),
        format!("x = {}1{}", "{a=".repeat(many), "}".repeat(many)),
        format!("x = {}1{}", "[{a=".repeat(many), "}]".repeat(many)),
        format!("{} = 1", vec!["a"; many].join(".")),
        format!("[{}]", vec!["a"; many].join(".")),
        format!("x = {}1{}", format!("{{{key} = ").repeat(70), "}".repeat(70)),
    ];
    for text in deep {
        assert_eq!(codes(&timed(&text)), [Code::TooDeep], "{}", text.get(..20).unwrap_or_default());
    }
    // The deepest that is parsed: 64 times 9 tables in each other, and their drop.
    let text = format!("x = {}1{}", format!("{{{allowed} = ").repeat(64), "}".repeat(64));
    assert!(!codes(&timed(&text)).contains(&Code::TooDeep));
    let text = format!("[{allowed}]\nx = 1\n[{allowed}]\nx = {}", text.trim_start_matches("x = "));
    assert!(codes(&timed(&text)).contains(&Code::DuplicateKey));
    assert!(timed(&"[[a\n".repeat(many)).roadmap.is_none());
}

#[test]
fn rubbish_is_refused_soon() {
    for rubbish in
        ["=", ",", "[", "]", "{", "}", "\n", "\"", "'", "\\", "a.", "a=", "#", "\u{1}", "é"]
    {
        let text = rubbish.repeat(30_000);
        assert!(timed(&text).roadmap.is_none(), "{rubbish:?}");
        assert!(timed(&format!("x = [{text}")).roadmap.is_none(), "{rubbish:?}");
    }
    // More tokens or tables than are parsed at all, and more bytes than all errors are kept of.
    assert_eq!(codes(&timed(&"=".repeat(6_000_001))), [Code::Limit]);
    assert_eq!(codes(&timed(&"{a=1},".repeat(400_001))), [Code::Limit]);
    assert_eq!(codes(&timed(&"a.b=1\n".repeat(400_001))), [Code::Limit]);
    let reading = timed(&"\\".repeat(1024 * 1024 + 1));
    assert_eq!((codes(&reading), reading.left_out), (vec![Code::Syntax], 0));
}

#[test]
fn resources_that_name_no_skill_do_not_multiply() {
    let mut text = skills(4_000, |at| format!("id = \"s-{at}\", title = \"S\""));
    for at in 0..4_000 {
        let _ = writeln!(
            text,
            "[[stages.topics.resources]]\nid = \"r-{at}\"\ntitle = \"R\"\ntype = \"docs\"\ncost = \"free\""
        );
    }
    let reading = timed(&text);
    assert!(reading.roadmap.is_none());
    assert!(reading.diagnostics.iter().any(|one| one.code == Code::Limit));
}
