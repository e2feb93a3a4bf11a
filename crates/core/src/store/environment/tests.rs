use super::*;

const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
40 22 0:40 / /home rw - nfs4 server:/home rw,vers=4.2
41 40 8:2 / /home/ada/local rw - btrfs /dev/sda2 rw
42 22 0:42 / /mnt/my\\040share rw - cifs //server/share rw
43 22 0:43 / /mnt/far rw - fuse.sshfs ada@far: rw
44 22 0:44 / /mnt/stick rw - fuseblk /dev/sdb1 rw
45 22 0:45 / /mnt/far rw - tmpfs tmpfs rw
46 22 0:46 / /mnt/back\\slash\\9 rw - 9p host rw
a line that is none
47 22 0:47 / /short - ";

#[test]
fn a_path_lies_on_the_mount_nearest_to_it() {
    for (path, kind, network) in [
        ("/var/lib", Some("ext4"), false),
        ("/home/ada/.local/share", Some("nfs4"), true),
        ("/home/ada/local/x", Some("btrfs"), false),
        ("/homely", Some("ext4"), false),
        ("/mnt/my share/x", Some("cifs"), true),
        ("/mnt/stick", Some("fuseblk"), false),
        ("/mnt/far/x", Some("tmpfs"), false),
        ("/mnt/back\\slash\\9", Some("9p"), true),
        ("relative", None, false),
    ] {
        let found = kind_of_mount(MOUNTS, Path::new(path));
        assert_eq!(found.as_deref(), kind, "{path}");
        assert_eq!(found.is_some_and(|kind| is_network(&kind)), network, "{path}");
    }
    assert!(is_network("fuse.sshfs") && !is_network("fuse.ntfs-3g") && !is_network("fuse"));
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    /// What is found, without what depends on the machine.
    fn found(path: &Path) -> Vec<Problem> {
        let of_machine =
            |one: &Problem| matches!(one, Problem::Network(_) | Problem::LittleRoom(_));
        look(path).into_iter().filter(|one| !of_machine(one)).collect()
    }

    #[test]
    fn what_is_open_to_others_is_found_and_mended() {
        let folder = tempfile::tempdir().unwrap();
        let directory = fs::canonicalize(folder.path()).unwrap().join("milepost");
        fs::create_dir(&directory).unwrap();
        set(&directory, 0o755);
        let path = directory.join("progress.db");
        assert_eq!(found(&path), [Problem::OpenDirectory(directory.clone(), 0o755)]);
        fs::write(&path, "x").unwrap();
        set(&path, 0o644);
        let leftover = directory.join(".milepost-abc.new");
        fs::write(&leftover, "x").unwrap();
        let troubles = found(&path);
        assert_eq!(
            troubles,
            [
                Problem::OpenFile(path.clone(), 0o644),
                Problem::OpenDirectory(directory.clone(), 0o755),
                Problem::Leftovers(vec![leftover.clone()]),
            ]
        );
        for trouble in &troubles {
            assert!(mend(trouble).unwrap(), "{trouble:?}");
        }
        assert_eq!(found(&path), []);
        assert_eq!((mode(&path), mode(&directory)), (0o600, 0o700));
        assert!(!leftover.exists());
    }

    #[test]
    fn what_one_wants_so_is_only_told() {
        let folder = tempfile::tempdir().unwrap();
        let directory = fs::canonicalize(folder.path()).unwrap().join("shared");
        fs::create_dir(&directory).unwrap();
        let path = directory.join("progress.db");
        fs::write(&path, "x").unwrap();
        set(&path, 0o400);
        for (of_directory, replaceable) in [(0o755, false), (0o777, true), (0o1777, false)] {
            set(&directory, of_directory);
            let mut expected = vec![Problem::WriteProtected(path.clone())];
            if replaceable {
                expected.push(Problem::ReplaceableByOthers(directory.clone(), of_directory));
            }
            let troubles = found(&path);
            assert_eq!(troubles, expected, "{of_directory:o}");
            for trouble in &troubles {
                assert!(!mend(trouble).unwrap(), "{trouble:?}");
            }
            assert_eq!((mode(&path), mode(&directory)), (0o400, of_directory));
        }
    }

    #[test]
    fn a_link_leads_to_what_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap().join("real.db");
        fs::write(&real, "x").unwrap();
        set(&real, 0o640);
        let link = folder.path().join("link.db");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(found(&link), [Problem::OpenFile(real.clone(), 0o640)]);
        let journal = real.with_file_name("real.db-journal");
        fs::write(&journal, "x").unwrap();
        assert_eq!(look_beside(&link), [Problem::Beside(journal.clone())]);
        fs::remove_file(&real).unwrap();
        assert_eq!(found(&real), [Problem::Orphan(journal)]);
    }
}
