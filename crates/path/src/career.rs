//! Where a learner wants to go: skill areas with their levels, roles with the level that each area
//! needs, and what raises which area. Beside them the practice scenarios of an interview loop and a
//! glossary.
//!
//! A [`Career`] is one career file, valid by construction: areas and roles have ids of their own,
//! every area has a statement for each level, and a role's targets name areas of the same file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::reference::Ref;

/// The highest level of an area. Level 0 is where everybody begins and needs no statement.
pub const HIGHEST: usize = 4;

/// The words for the levels, lowest first.
pub const LEVELS: [&str; HIGHEST + 1] = ["none", "foundation", "working", "advanced", "expert"];

/// One career file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Career {
    /// Its title.
    pub title: String,
    /// When its author last changed it.
    pub updated: Option<NaiveDate>,
    /// The skill areas, in the order in which they are asked about.
    pub areas: Vec<Area>,
    /// The roles.
    pub roles: Vec<Role>,
    /// Practice scenarios: mock interviews.
    pub practice: Vec<Practice>,
    /// Terms with their meaning.
    pub glossary: Vec<Term>,
}

/// An area of the skill matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Ids that it had before; the levels under them are its own.
    pub replaces: Vec<String>,
    /// The statement of each level from 1 on, which a person can say yes or no to.
    pub levels: [String; HIGHEST],
    /// The topics and milestones that raise it.
    pub raised_by: Vec<Raise>,
}

/// A topic or milestone that raises an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raise {
    /// What is to be finished.
    pub by: Ref,
    /// How much it does for the area: 3 raises it directly, 2 helps, 1 touches it.
    pub weight: u8,
    /// The level that it leads to, from 1 on.
    pub level: u8,
}

/// A role to aim at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it answers for.
    pub scope: String,
    /// What it hands over.
    pub deliverables: Vec<String>,
    /// By what it is measured.
    pub metrics: Vec<String>,
    /// Ids of the paths that lead to it.
    pub paths: Vec<String>,
    /// The level that it needs of each area, in the order of the areas; what needs none is left out.
    pub targets: Vec<Target>,
}

/// The level that a role needs of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The id of the area.
    pub area: String,
    /// The level, from 1 on.
    pub level: u8,
}

/// A mock interview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// What to do.
    pub task: String,
    /// Sentences that a person can check and say yes or no to.
    pub criteria: Vec<String>,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// The term.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// The primary source.
    pub source: Option<String>,
    /// Where the source can be read; http or https.
    pub url: Option<String>,
}

impl Career {
    /// The area with this id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

impl Area {
    /// The ids that it had before, and the one that it has now.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.replaces.iter().chain([&self.id])
    }
}

impl Role {
    /// The level that it needs of an area; 0 where it needs none.
    pub fn target(&self, area: &str) -> u8 {
        self.targets.iter().find(|target| target.area == area).map_or(0, |target| target.level)
    }
}
