use std::fs;

use milepost_path::Node;

use super::super::fixture::built_ins;
use super::super::index::decode_built_in;
use super::*;
use crate::model::fixture::sketch;
use crate::model::learner::Learner;
use crate::model::progress::progress;
use crate::model::standing::Standing;

const OLD: &str = "
    path p was=p0
    stage s choose=1 was=s0
    topic t 4h choose=1
    skill k same=q/k was=j,i
    skill l optional
    skill m retired
    resource r 2.5h
    topic u
    resource v 1.1h
    milestone n 0.1h";

/// What is told of a path, seen in one version and then in another.
fn told(cache: &Path, path: &Roadmap, fingerprint: u64) -> usize {
    changed(cache, &[(path, fingerprint)], &|path| Cow::Borrowed(path)).len()
}

#[test]
fn an_outline_has_all_that_progress_depends_on() {
    let built_in = built_ins().paths.iter().filter_map(|one| decode_built_in::<Roadmap>(one.index));
    let every_key = include_str!("../../../../path/tests/paths/valid/every-key.toml");
    let every_key = milepost_path::read(every_key).roadmap.unwrap();
    let paths = built_in.chain(sketch(OLD)).chain([every_key]);
    for path in paths {
        let text = outline(&path);
        let read = milepost_path::read(&text);
        let again = read.roadmap.unwrap_or_else(|| panic!("{:?}\n{text}", read.diagnostics));
        assert_eq!(outline(&again), text);
        assert!(path.ids().eq(again.ids()), "{}", path.id);
        let standing = Standing::default();
        let view = Learner { shelf: &vec![path.clone()], standing: &standing };
        let of = |path| progress(&view, &Node::Path(path));
        assert_eq!(of(&path), of(&again), "{}", path.id);
        let hours = |path: &Roadmap| -> Vec<_> { path.items().map(|item| item.hours()).collect() };
        assert_eq!(hours(&path), hours(&again), "{}", path.id);
    }
}

#[test]
fn what_changed_is_told_once() {
    let cache = tempfile::tempdir().unwrap();
    let cache = cache.path();
    let old = &sketch(OLD)[0];
    let new = &sketch(&OLD.replace("skill l optional", "skill l"))[0];
    assert_eq!(told(cache, old, 1), 0, "nothing was seen before");
    assert_eq!(told(cache, old, 1), 0);
    let found = changed(cache, &[(new, 2)], &|path| Cow::Borrowed(path));
    let [(before, now)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((outline(before), *now), (outline(old), new));
    assert_eq!(told(cache, new, 2), 0, "it was told");
    // A fingerprint changes with the program, too.
    assert_eq!(told(cache, new, 3), 0);
    // A path that is not looked at keeps what was seen of it.
    assert_eq!(told(cache, &sketch("path q\nstage a")[0], 9), 0);
    let renamed = &sketch(&OLD.replace("path p was=p0", "path z was=p,p0"))[0];
    assert_eq!(told(cache, renamed, 4), 1);
    assert_eq!(told(cache, &sketch("path q\nstage b")[0], 10), 1);
    let left = fs::read_dir(index::folder(cache)).unwrap().count();
    assert_eq!(left, 1, "no temporary file is left");
}

#[test]
fn a_file_that_nobody_wrote_so_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path();
    let (old, new) = (&sketch(OLD)[0], &sketch("path p\nstage s\nmilestone n 1h")[0]);
    told(cache, old, 1);
    let file = index::folder(cache).join(NAME);
    let good = fs::read_to_string(&file).unwrap();
    let (head, outlines) = good.split_once('\n').unwrap();
    let with = |outlines: &str| {
        format!("{MARK} {:x} p=1\n{outlines}", xxh3_64(outlines.as_bytes())).into_bytes()
    };
    let mut bad = vec![
        Vec::new(),
        b"\n".to_vec(),
        vec![0xff; 5000],
        vec![b' '; 5000],
        good.as_bytes()[..good.len() - 1].to_vec(),
        good.replace("hours = 4", "hours = 5").into_bytes(),
        format!("{head} =\n{outlines}").into_bytes(),
        format!("{head} p\n{outlines}").into_bytes(),
        head.as_bytes().to_vec(),
        format!("{head}{}\n{outlines}", " q=1".repeat(2000)).into_bytes(),
        // The checksum agrees, and it is no outline.
        with("format = 1\n[[[[[[[["),
        with(&format!("format = 1\nid = \"p\"\nx = {}", "[".repeat(9000))),
        with("format = 2\n"),
        with(""),
    ];
    bad.extend((0..good.len()).step_by(97).map(|at| good.as_bytes()[..at].to_vec()));
    for text in bad {
        fs::write(&file, &text).unwrap();
        assert_eq!(told(cache, new, 2), 0, "{}", String::from_utf8_lossy(&text));
        assert_eq!(told(cache, old, 3), 1, "it was not made anew");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_told_where_nothing_can_be_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path();
    let (old, new) = (&sketch(OLD)[0], &sketch("path p\nstage s\nmilestone n 1h")[0]);
    told(cache, old, 1);
    let seen = index::folder(cache).join(NAME);
    let good = fs::read(&seen).unwrap();
    // A folder in the place of the file cannot be replaced; a file in the place of the folder holds
    // nothing. Permissions would not stop root.
    fs::remove_file(&seen).unwrap();
    fs::create_dir(&seen).unwrap();
    assert_eq!(told(cache, new, 2), 0);
    fs::remove_dir(&seen).unwrap();
    fs::write(&seen, good).unwrap();
    assert_eq!(told(cache, new, 2), 1);
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(told(&file, new, 2), 0);
}
