//! A server whose disk is full.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use super::Machines;
use crate::engines;
use crate::kit::cluster::{Cluster, Options};
use crate::kit::database::Database;

/// A small disk, in memory.
struct Disk(tempfile::TempDir);

impl Disk {
    /// None where it cannot be mounted, which is said.
    fn new(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"]);
        let mounted = mount.arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        engines::not_allowed("no disk can be mounted");
        None
    }

    fn fill(&self) {
        let zeros = vec![0; 1 << 20];
        let file = fs::File::create(self.filler()).unwrap();
        let mut file = std::io::BufWriter::new(file);
        while std::io::Write::write_all(&mut file, &zeros).is_ok() {}
        // What does not fit is given up.
        drop(file.into_parts());
    }

    fn empty(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> impl AsRef<Path> + use<> {
        self.0.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[test]
fn a_server_whose_disk_is_full_is_told_and_goes_on_when_there_is_room() {
    let Some(disk) = Disk::new(4) else { return };
    let Some(cluster) = Cluster::start(&Options::default()) else { return };
    let folder = disk.0.path().join("tables");
    fs::create_dir(&folder).unwrap();
    let server = fs::metadata(cluster.folder()).unwrap();
    chown(&folder, Some(server.uid()), Some(server.gid())).unwrap();
    cluster.sql(&format!("CREATE TABLESPACE small LOCATION '{}'", folder.display()));
    let database = Database::on(&cluster);
    let owner = &database.owner.name;
    cluster.sql(&format!("GRANT CREATE ON TABLESPACE small TO {owner}"));
    cluster.sql(&format!("ALTER ROLE {owner} SET default_tablespace = 'small'"));
    let both = Machines::joined(database);
    let note = |at: u32| {
        // Too long for what is left of a page, and nothing that could be made shorter.
        let text: Vec<String> = (0..400).map(|_| uuid::Uuid::new_v4().to_string()).collect();
        both.laptop.ok(["note", "web/rest", &format!("{at} {}", text.join(" "))]);
    };
    disk.fill();
    let before = both.segments();
    for at in 0..3 {
        note(at);
        let said = both.said(&both.laptop, "sync");
        let (said, rest) = said.split_once("could not extend file").unwrap_or_else(|| {
            panic!("{said}");
        });
        insta::allow_duplicates! {
            insta::assert_snapshot!(said, @"
            --- stderr ---
            error: home (DATABASE) refused:
            ");
        }
        assert!(rest.contains("No space left on device (53100)"), "{rest}");
        assert_eq!(both.segments(), before);
        assert_eq!(both.laptop.json([""; 0])["unsynced"], 1 + at);
        // What is there is still there for others.
        assert_eq!(both.desktop.json(["sync"])["received"], 0);
    }
    disk.empty();
    assert_eq!(both.laptop.json(["sync"])["sent"], 3);
    assert_eq!(both.desktop.json(["sync"])["received"], 3);
    let notes =
        |machine: &crate::sandbox::Sandbox| machine.json(["show", "web/rest"])["notes"].clone();
    assert_eq!(notes(&both.laptop), notes(&both.desktop));
    assert_eq!(notes(&both.desktop).as_array().unwrap().len(), 3);
    both.segments();
}
