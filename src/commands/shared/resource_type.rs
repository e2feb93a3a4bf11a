//! The types of resources, for the options that choose among them.

use clap::ValueEnum;
use milepost_path::ResourceKind;

/// A type of resource, as an option takes it.
#[derive(Debug, Clone, Copy)]
pub struct Type(ResourceKind);

impl Type {
    /// The kind of resource.
    pub(crate) fn kind(&self) -> ResourceKind {
        self.0
    }
}

impl ValueEnum for Type {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Type; ResourceKind::ALL.len()] = {
            let mut all = [Type(ResourceKind::Docs); ResourceKind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = Type(ResourceKind::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.as_str()))
    }
}
