//! New content of a followed path is told once.

use std::path::Path;

use milepost_core::Catalog;
use milepost_core::internals::catalog::seen;
use milepost_path::Roadmap;

use crate::sandbox::Sandbox;

const PATH: &str = "foundations";

/// A program of before has shown the path without its last skill.
fn show_older(cache: &Path, fingerprint: u64) {
    let catalog = Catalog::new(milepost::builtin::BUILT_INS, Vec::new(), false, None);
    let mut old: Roadmap = catalog.roadmap(PATH).unwrap().clone();
    let topics = old.stages.iter_mut().flat_map(|stage| &mut stage.topics);
    let skills = topics.map(|topic| &mut topic.skills).filter(|skills| skills.len() > 1);
    skills.last().unwrap().pop();
    seen::changed(cache, &[(&old, fingerprint)], &|path| std::borrow::Cow::Borrowed(path));
}

#[test]
fn new_content_is_told_once() {
    let sandbox = Sandbox::following(PATH);
    let cache = sandbox.home().join(".cache/milepost");
    let said = |line: &str| {
        let output = sandbox.output(line.split_whitespace());
        assert!(output.status.success(), "{line}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(!cache.exists());
    for line in ["paths", "list", "show foundations", "status --quiet"] {
        said(line);
        assert!(!cache.exists(), "{line}");
    }
    let line = "foundations has new content: 1 skill added; you are still at 0%; ";
    for (at, command) in ["", "status", "next --json", "plan --weeks 2"].into_iter().enumerate() {
        assert!(!said(command).contains("new content"), "{command}: nothing was seen before");
        show_older(&cache, 2 * at as u64);
        assert!(!said(&format!("{command} --quiet")).contains("new content"));
        let told = said(command).replace("\n  ", " ");
        assert!(told.contains(line), "{command}: {told}");
        assert!(!said(command).contains("new content"), "{command}: it was told");
        std::fs::remove_dir_all(&cache).unwrap();
    }
    show_older(&cache, 99);
    assert!(said("status ml-engineering").is_empty(), "it is about another path");
    // A file of one's own in the place of the path is one's own to know.
    let own = include_str!("../../paths/foundations.toml");
    sandbox.write(".config/milepost/paths/foundations.toml", own);
    assert!(said("status").is_empty());
    std::fs::remove_dir_all(sandbox.home().join(".config/milepost/paths")).unwrap();
    // Where nothing can be remembered, nothing is told.
    std::fs::remove_dir_all(&cache).unwrap();
    std::fs::write(&cache, "").unwrap();
    assert!(said("status").is_empty());
}
