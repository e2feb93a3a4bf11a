//! No cache is ever stale.

use super::*;

/// Long enough to be kept in the cache.
pub(super) fn long(title: &str) -> String {
    path_file("kept", title, &format!("summary = \"{}\"", "x ".repeat(900)))
        + &(0..60)
            .map(|n| format!("# line {n} to make the file worth keeping in a cache\n"))
            .collect::<String>()
}

pub(super) fn index_files(cache: &Path) -> Vec<PathBuf> {
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
pub(super) fn seen(path: &Path) -> (u64, SystemTime) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.len(), metadata.modified().unwrap())
}

/// Gives a file these times.
pub(super) fn set_modified(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

/// How a file gets another text.
pub(super) type Change = fn(&Path, &str);

/// The ways in which programs change a file.
pub(super) const WAYS: &[(&str, Change)] = &[
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
    assert!(super::super::index::useless(&folder.cache()).is_empty());
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
    let useless = || super::super::index::useless(&folder.cache());
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
