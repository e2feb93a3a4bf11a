//! What names this machine: so that a record that comes back to it can be told from one that moves to
//! another.

use std::fs::File;
use std::io::Read;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where the system keeps the id of a machine.
const FILES: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/// A longer id is none.
const MOST_BYTES: u64 = 64;

/// What names this machine in what a device hands on. It says neither the id of the machine nor its
/// name, and is another one for each device. None where the system names no machine.
pub(crate) fn machine(device: Uuid) -> Option<Uuid> {
    let id = FILES.iter().find_map(|file| id_in(file)).or_else(machine_name)?;
    Some(mark(device, &id))
}

fn mark(device: Uuid, machine: &str) -> Uuid {
    let hash = Sha256::new().chain_update(device).chain_update(machine).finalize();
    let mut mark = [0; 16];
    mark.iter_mut().zip(&hash).for_each(|(byte, hash)| *byte = *hash);
    Uuid::from_bytes(mark)
}

fn id_in(file: &str) -> Option<String> {
    let mut text = String::new();
    File::open(file).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    let id = text.trim();
    // Before its first start a system has another word there.
    let is_id = id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| id.to_owned())
}

/// What the machine is called, for people.
#[cfg(unix)]
pub fn machine_name() -> Option<String> {
    let name = rustix::system::uname();
    let name = name.nodename().to_str().ok()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// What the machine is called, for people: not known here.
#[cfg(not(unix))]
pub fn machine_name() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_device_names_its_machine_in_another_way() {
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert_eq!(mark(one, "a"), mark(one, "a"));
        assert_ne!(mark(one, "a"), mark(one, "b"));
        assert_ne!(mark(one, "a"), mark(other, "a"));
        assert_eq!(machine(one), machine(one));
        assert_eq!(id_in("/dev/null"), None);
        assert_eq!(id_in("/nowhere"), None);
    }
}
