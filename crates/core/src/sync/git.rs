//! A remote that is the branch `milepost` of a repository, spoken to by the `git` that is installed.

mod address;

pub use address::{Address, Fault as AddressFault};
