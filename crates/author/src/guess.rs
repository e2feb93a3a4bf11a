//! What a source does not say, and was guessed: each guess stands as a comment in the file.

use std::fmt;

use milepost_path::ResourceKind;
use milepost_path::address::Address;
use serde::Serialize;

/// One thing that was guessed about a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What was guessed.
    pub what: Guessed,
    /// What in the source it was guessed from; empty where nothing says it.
    pub from: String,
}

impl Guess {
    /// A guess, and what it was made from.
    pub fn new(what: Guessed, from: impl Into<String>) -> Self {
        Self { what, from: from.into() }
    }
}

/// What can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guessed {
    /// Hours, from weeks and hours a week, or from a range in words.
    Hours,
    /// The type of a resource.
    Type,
    /// That a stage, topic or skill is there at all, because something must hold the rest.
    Section,
    /// The title.
    Title,
    /// That so many of a group are enough.
    Choose,
    /// That it is an extra.
    Optional,
    /// That it can take the place of another.
    Alternative,
    /// The part of a resource.
    Part,
    /// Its author.
    By,
    /// What a milestone is checked by.
    Criteria,
    /// That it requires another.
    Requires,
    /// What the cells of a column mean.
    Column,
    /// Where it belongs, from its position.
    Place,
    /// The topics that questions exercise.
    Topics,
}

impl Guessed {
    /// The words for it, as they stand in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Type => "type",
            Self::Section => "section",
            Self::Title => "title",
            Self::Choose => "choose",
            Self::Optional => "optional",
            Self::Alternative => "instead_of",
            Self::Part => "part",
            Self::By => "by",
            Self::Criteria => "criteria",
            Self::Requires => "requires",
            Self::Column => "column",
            Self::Place => "place",
            Self::Topics => "topics",
        }
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what.as_str())?;
        if self.from.is_empty() { Ok(()) } else { write!(f, ", from \"{}\"", self.from) }
    }
}

/// The type of a resource, from its address and its title, and what says so.
pub fn kind_of(url: Option<&str>, title: &str) -> (ResourceKind, String) {
    let address = url.and_then(Address::of);
    let by_site = address.and_then(|address| {
        let site = address.site().to_ascii_lowercase();
        let on = |known: &str| {
            site == known || site.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'))
        };
        SITES.iter().find(|(known, _)| on(known)).map(|(known, kind)| (*kind, (*known).to_owned()))
    });
    let by_ending = || {
        let path = address?.path().to_ascii_lowercase();
        path.ends_with(".pdf").then(|| (ResourceKind::Paper, ".pdf".to_owned()))
    };
    let by_title = || {
        let title = title.to_lowercase();
        let has = |word: &str| title.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
        WORDS.iter().find(|(word, _)| has(word)).map(|(word, kind)| (*kind, (*word).to_owned()))
    };
    let by_host = || {
        let site = address?.site().to_ascii_lowercase();
        let is_docs = site.starts_with("docs.") || site.ends_with(".readthedocs.io");
        is_docs.then_some((ResourceKind::Docs, site))
    };
    by_site.or_else(by_title).or_else(by_ending).or_else(by_host).unwrap_or_else(|| {
        let kind = if url.is_some() { ResourceKind::Article } else { ResourceKind::Guide };
        (kind, String::new())
    })
}

/// Sites of which nearly all is of one type.
const SITES: &[(&str, ResourceKind)] = &[
    ("youtube.com", ResourceKind::Video),
    ("youtu.be", ResourceKind::Video),
    ("vimeo.com", ResourceKind::Video),
    ("ted.com", ResourceKind::Video),
    ("coursera.org", ResourceKind::Course),
    ("edx.org", ResourceKind::Course),
    ("udemy.com", ResourceKind::Course),
    ("udacity.com", ResourceKind::Course),
    ("khanacademy.org", ResourceKind::Course),
    ("futurelearn.com", ResourceKind::Course),
    ("ocw.mit.edu", ResourceKind::Course),
    ("fast.ai", ResourceKind::Course),
    ("arxiv.org", ResourceKind::Paper),
    ("doi.org", ResourceKind::Paper),
    ("dl.acm.org", ResourceKind::Paper),
    ("amazon.com", ResourceKind::Book),
    ("goodreads.com", ResourceKind::Book),
    ("manning.com", ResourceKind::Book),
    ("oreilly.com", ResourceKind::Book),
    ("leetcode.com", ResourceKind::Exercise),
    ("hackerrank.com", ResourceKind::Exercise),
    ("exercism.org", ResourceKind::Exercise),
    ("kaggle.com", ResourceKind::Exercise),
    ("colab.research.google.com", ResourceKind::Tutorial),
    ("discord.gg", ResourceKind::Community),
    ("discord.com", ResourceKind::Community),
    ("reddit.com", ResourceKind::Community),
    ("stackoverflow.com", ResourceKind::Community),
    ("github.com", ResourceKind::Tool),
    ("gitlab.com", ResourceKind::Tool),
];

/// Words of titles that say a type.
const WORDS: &[(&str, ResourceKind)] = &[
    ("podcast", ResourceKind::Podcast),
    ("video", ResourceKind::Video),
    ("videos", ResourceKind::Video),
    ("lecture", ResourceKind::Video),
    ("lectures", ResourceKind::Video),
    ("talk", ResourceKind::Video),
    ("course", ResourceKind::Course),
    ("bootcamp", ResourceKind::Course),
    ("book", ResourceKind::Book),
    ("textbook", ResourceKind::Book),
    ("paper", ResourceKind::Paper),
    ("tutorial", ResourceKind::Tutorial),
    ("tutorials", ResourceKind::Tutorial),
    ("documentation", ResourceKind::Docs),
    ("docs", ResourceKind::Docs),
    ("guide", ResourceKind::Guide),
    ("exercise", ResourceKind::Exercise),
    ("exercises", ResourceKind::Exercise),
    ("conference", ResourceKind::Conference),
    ("community", ResourceKind::Community),
    ("forum", ResourceKind::Community),
];
