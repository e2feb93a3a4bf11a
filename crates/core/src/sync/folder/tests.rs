use std::path::Path;

use super::*;

const LOG: Uuid = Uuid::from_u128(1);
const STREAM: Uuid = Uuid::from_u128(2);

fn begun() -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let mut folder = Folder::new(home.path().join("shared"));
    folder.create(LOG, b"header").unwrap();
    (home, folder)
}

fn sealed(number: u64) -> (Name, Vec<u8>) {
    let bytes = format!("sealed {number}").into_bytes();
    (Name::of(STREAM, number, &bytes), bytes)
}

fn path(folder: &Folder, name: Name) -> PathBuf {
    folder.of(LOG).join(name.to_string())
}

fn names(folder: &mut Folder) -> Vec<Name> {
    let listing = folder.list(LOG, None).unwrap();
    assert!(listing.is_whole && listing.cursor.is_none());
    listing.names
}

fn got(folder: &mut Folder, name: Name) -> Option<Vec<u8>> {
    let mut found = Vec::new();
    folder.get(LOG, &[name], &mut |name, bytes| found.push((name, bytes))).unwrap();
    assert_eq!((found.len(), found[0].0), (1, name));
    found.remove(0).1
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_put_is_listed_and_got() {
    let (_home, mut folder) = begun();
    assert_eq!(folder.logs().unwrap(), [LOG]);
    assert_eq!(folder.header(LOG).unwrap().unwrap(), b"header");
    assert_eq!(names(&mut folder), []);
    // Over the edge of a folder.
    let segments: Vec<_> = (62..66).map(sealed).collect();
    folder.put(LOG, &segments).unwrap();
    let expected: Vec<Name> = segments.iter().map(|(name, _)| *name).collect();
    assert_eq!(names(&mut folder), expected);
    for (name, bytes) in &segments {
        assert_eq!(got(&mut folder, *name).as_ref(), Some(bytes));
    }
    let before = files(&folder.root);
    assert_eq!(before.len(), 5, "nothing else is left: {before:?}");
    folder.put(LOG, &segments).unwrap();
    assert_eq!(files(&folder.root), before);
    assert_eq!(got(&mut folder, sealed(1).0), None);
}

#[test]
fn what_is_there_is_not_written_again_and_what_is_torn_is() {
    let (_home, mut folder) = begun();
    let (name, bytes) = sealed(1);
    folder.put(LOG, &[(name, bytes.clone())]).unwrap();
    let file = path(&folder, name);
    let written = |file: &Path| fs::metadata(file).unwrap().modified().unwrap();
    let first = written(&file);
    folder.put(LOG, &[(name, bytes.clone())]).unwrap();
    assert_eq!(written(&file), first);
    fs::write(&file, "seal").unwrap();
    assert_eq!(got(&mut folder, name).unwrap(), b"seal");
    folder.put(LOG, &[(name, bytes.clone())]).unwrap();
    assert_eq!(got(&mut folder, name), Some(bytes));
}

#[test]
fn a_log_is_made_once() {
    let (_home, mut folder) = begun();
    folder.create(LOG, b"header").unwrap();
    assert!(matches!(folder.create(LOG, b"other"), Err(RemoteError::OtherHeader(LOG))));
    assert_eq!(folder.header(LOG).unwrap().unwrap(), b"header");
    let other = Uuid::from_u128(9);
    assert_eq!(folder.header(other).unwrap(), None);
    assert!(matches!(folder.list(other, None), Err(RemoteError::NoLog(_))));
    assert!(matches!(folder.put(other, &[sealed(1)]), Err(RemoteError::NoLog(_))));
    assert!(matches!(folder.get(other, &[], &mut |_, _| ()), Err(RemoteError::NoLog(_))));
    folder.create(other, b"other").unwrap();
    assert_eq!(folder.logs().unwrap(), [LOG, other]);
}

#[test]
fn the_files_of_those_who_carry_it_are_passed_over() {
    let (_home, mut folder) = begun();
    let segment = sealed(1);
    folder.put(LOG, std::slice::from_ref(&segment)).unwrap();
    let numbers = path(&folder, segment.0).parent().unwrap().to_owned();
    let file = path(&folder, segment.0).file_name().unwrap().to_str().unwrap().to_owned();
    let stem = file.strip_suffix(".seg").unwrap();
    for name in [
        format!(".syncthing.{file}.tmp"),
        format!("{stem}.sync-conflict-20261130-101500-ABCDEFG.seg"),
        format!("{stem} (conflicted copy).seg"),
        format!("{file}~"),
        ".stfolder".to_owned(),
        ".milepost-abc.new".to_owned(),
    ] {
        fs::write(numbers.join(&name), "x").unwrap();
        fs::write(folder.of(LOG).join(&name), "x").unwrap();
        fs::write(folder.root.join(&name), "x").unwrap();
    }
    fs::create_dir_all(folder.root.join(".git/objects")).unwrap();
    fs::create_dir_all(folder.root.join(Uuid::nil().simple().to_string())).unwrap();
    // A log of which the header has not come yet.
    fs::create_dir_all(folder.root.join(Uuid::nil().to_string())).unwrap();
    fs::create_dir_all(numbers.join(file.replace("01-", "02-"))).unwrap();
    assert_eq!(names(&mut folder), [segment.0]);
    assert_eq!(folder.logs().unwrap(), [LOG]);
    assert_eq!(folder.header(Uuid::nil()).unwrap(), None);
}

#[test]
fn a_folder_that_is_not_there_says_nothing_of_its_logs() {
    let (home, mut folder) = begun();
    folder.put(LOG, &[sealed(1)]).unwrap();
    let elsewhere = home.path().join("unplugged");
    fs::rename(&folder.root, &elsewhere).unwrap();
    let is_no_folder = |error: RemoteError| {
        assert!(matches!(error, RemoteError::NoFolder(_)), "{error:?}");
    };
    is_no_folder(folder.logs().unwrap_err());
    is_no_folder(folder.header(LOG).unwrap_err());
    is_no_folder(folder.list(LOG, None).unwrap_err());
    is_no_folder(folder.get(LOG, &[sealed(1).0], &mut |_, _| ()).unwrap_err());
    is_no_folder(folder.put(LOG, &[sealed(2)]).unwrap_err());
    is_no_folder(folder.erase(LOG).unwrap_err());
    assert!(!folder.root.exists(), "nothing was made in its place");
    fs::write(&folder.root, "a file").unwrap();
    let error = folder.list(LOG, None).unwrap_err();
    assert!(matches!(error, RemoteError::Io { .. }), "{error:?}");
    assert!(matches!(folder.create(LOG, b"header"), Err(RemoteError::Io { .. })));
}

#[test]
fn it_is_erased_whole_and_alone() {
    let (_home, mut folder) = begun();
    let other = Uuid::from_u128(9);
    folder.create(other, b"other").unwrap();
    folder.put(LOG, &[sealed(1)]).unwrap();
    fs::write(folder.of(LOG).join("x.sync-conflict-1"), "x").unwrap();
    for _ in 0..2 {
        assert_eq!(folder.erase(LOG).unwrap(), Erased::All);
        assert_eq!(folder.logs().unwrap(), [other]);
        assert!(!folder.of(LOG).exists());
    }
}

#[test]
fn what_is_too_long_is_not_read() {
    let (_home, mut folder) = begun();
    let (name, _) = sealed(1);
    fs::create_dir_all(path(&folder, name).parent().unwrap()).unwrap();
    let file = fs::File::create(path(&folder, name)).unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(got(&mut folder, name), Some(Vec::new()));
    let header = fs::File::create(folder.of(LOG).join(HEADER)).unwrap();
    header.set_len(1 << 40).unwrap();
    assert!(matches!(folder.header(LOG), Err(RemoteError::Disk(_))));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn in_the_way<T: std::fmt::Debug>(result: Result<T, RemoteError>) {
        assert!(matches!(result, Err(RemoteError::InTheWay(_))), "{result:?}");
    }

    #[test]
    fn links_and_devices_are_neither_followed_nor_written_to() {
        let (home, mut folder) = begun();
        let victim = home.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        let (name, bytes) = sealed(1);
        let file = path(&folder, name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        symlink(&victim, &file).unwrap();
        assert_eq!(names(&mut folder), []);
        assert_eq!(got(&mut folder, name), None);
        in_the_way(folder.put(LOG, &[(name, bytes.clone())]));
        assert_eq!(fs::read(&victim).unwrap(), b"mine");

        // A folder that leads elsewhere, or in a circle.
        let other = Name { stream: Uuid::from_u128(3), ..name };
        let away = home.path().join("away");
        fs::create_dir(&away).unwrap();
        symlink(&away, folder.of(LOG).join(other.stream.to_string())).unwrap();
        in_the_way(folder.put(LOG, &[(other, bytes)]));
        assert_eq!(fs::read_dir(&away).unwrap().count(), 0);
        symlink(folder.of(LOG), folder.of(LOG).join(Uuid::from_u128(4).to_string())).unwrap();
        assert_eq!(names(&mut folder), []);

        let log = Uuid::from_u128(5);
        symlink(&away, folder.of(log)).unwrap();
        in_the_way(folder.create(log, b"header"));
        in_the_way(folder.header(log));
        in_the_way(folder.erase(log));
        assert!(away.is_dir());

        let fifo = folder.of(LOG).join(HEADER);
        fs::remove_file(&fifo).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        if made.is_ok_and(|status| status.success()) {
            in_the_way(folder.header(LOG));
            in_the_way(folder.create(LOG, b"header"));
            assert!(folder.logs().unwrap().is_empty());
        }
    }

    #[test]
    fn the_folder_itself_can_be_named_by_a_link() {
        let (home, mut folder) = begun();
        folder.put(LOG, &[sealed(1)]).unwrap();
        let link = home.path().join("link");
        symlink(&folder.root, &link).unwrap();
        let mut linked = Folder::new(link);
        assert_eq!(names(&mut linked), [sealed(1).0]);
        linked.put(LOG, &[sealed(2)]).unwrap();
        assert_eq!(names(&mut folder), [sealed(1).0, sealed(2).0]);
    }

    /// Modes do not stop root, so another user asks.
    fn refuses(folder: &Path, mode: u32) -> bool {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        fs::read_dir(folder).is_err() || fs::write(folder.join("probe"), "").is_err()
    }

    #[test]
    fn a_folder_that_cannot_be_read_or_written_is_named() {
        let (_home, mut folder) = begun();
        folder.put(LOG, &[sealed(1)]).unwrap();
        let numbers = path(&folder, sealed(1).0).parent().unwrap().to_owned();
        if refuses(&numbers, 0o000) {
            let error = folder.list(LOG, None).unwrap_err();
            let is_named = matches!(&error, RemoteError::Io { path, .. } if *path == numbers);
            assert!(is_named, "{error:?}");
            assert_eq!(got(&mut folder, sealed(1).0), None);
        }
        if refuses(&numbers, 0o500) {
            let error = folder.put(LOG, &[sealed(2)]).unwrap_err();
            assert!(matches!(error, RemoteError::Disk(_)), "{error:?}");
        }
        refuses(&numbers, 0o700);
        folder.put(LOG, &[sealed(2)]).unwrap();
        assert_eq!(names(&mut folder), [sealed(1).0, sealed(2).0]);
    }
}
