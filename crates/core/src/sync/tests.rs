//! Records that are shared, with a folder as the remote.

mod failures;
mod histories;
mod records;

use crate::model::standing::Status;
use crate::sync::folder::Folder;

use super::fixture::{Home, folder, waiting};

#[test]
fn two_machines_have_one_record() {
    let there = folder();
    let mut remote = Folder::new(there.path().join("shared"));
    let (laptop, desktop) = (Home::new(), Home::new());
    laptop.mark("a/x", Status::Done);
    let key = laptop.init(&mut remote);
    assert_eq!(laptop.sync(&mut remote).sent, 1);
    desktop.mark("a/y", Status::Done);
    let joined = desktop.join(&mut remote, &key);
    assert_eq!((joined.received, waiting(&desktop)), (1, 1));
    assert!(joined.kept.is_some_and(|kept| kept.is_file()));
    let synced = desktop.sync(&mut remote);
    assert_eq!((synced.sent, synced.received), (1, 0));
    let synced = laptop.sync(&mut remote);
    assert_eq!((synced.sent, synced.received), (0, 1));
    laptop.agrees_with(&desktop);
    let synced = laptop.sync(&mut remote);
    assert_eq!((synced.sent, synced.received, synced.lost), (0, 0, 0));
}
