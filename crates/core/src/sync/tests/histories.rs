//! Histories of many machines, over a folder and over git.

use crate::sync::fixture::folder;
use crate::sync::fixture::histories::{There, five_hundred_changes, play};
use crate::sync::folder::Folder;
#[cfg(unix)]
use crate::sync::git::tests::sandbox::Sandbox;

fn a_folder() -> There<'static> {
    let folder = folder();
    There { remote: Box::new(move |_| Box::new(Folder::new(folder.path()))), hides: true }
}

/// A repository, and the clones of the machines.
#[cfg(unix)]
fn git() -> There<'static> {
    let sandbox = Sandbox::new();
    let repository = sandbox.repository("log.git");
    let machine = move |at| sandbox.machine(&format!("machine-{at}"), &repository);
    There { remote: Box::new(move |at| Box::new(machine(at))), hides: false }
}

#[test]
fn all_machines_have_one_log_in_the_end() {
    let (cut_off, renamed) = play(0..12, 40, a_folder);
    assert!(cut_off > 10 && renamed > 2, "{cut_off} {renamed}");
}

/// `cargo test --release --lib in_many_shared_histories -- --ignored` takes some minutes.
#[test]
#[ignore = "1,000 histories of records"]
fn in_many_shared_histories_all_machines_have_one_log_in_the_end() {
    let (cut_off, renamed) = play(1_000_000..1_001_000, 80, a_folder);
    assert!(cut_off > 1000 && renamed > 200, "{cut_off} {renamed}");
}

#[cfg(unix)]
#[test]
fn over_git_all_machines_have_one_log_in_the_end() {
    let (cut_off, _) = play(0..1, 30, git);
    assert!(cut_off > 0);
}

#[test]
#[ignore = "500 changes"]
fn after_five_hundred_changes_three_machines_have_one_log() {
    five_hundred_changes(a_folder());
}

#[cfg(unix)]
#[test]
#[ignore = "500 changes over git"]
fn after_five_hundred_changes_over_git_three_machines_have_one_log() {
    five_hundred_changes(git());
}
