//! The page of something.

use chrono::NaiveDate;
use milepost_path::address::Address;
use milepost_path::{Node, Ref};
use serde::Serialize;

use super::{Answer, App, Result, references};
use crate::model::guidance::Lesson;
use crate::model::learner::Learner;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The resource, milestone, skill or topic.
    pub reference: String,
    /// Whether the address is only to be told, and not opened.
    pub print: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What it is the page of: of a skill without a page a resource that teaches it.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The title of that.
    pub title: String,
    /// The address, as the path has it.
    pub url: String,
    /// Whether the front end opens it.
    pub opened: bool,
    /// The address to open, where it is one of the web.
    #[serde(skip)]
    pub href: Option<String>,
}

/// Why there is nothing to open.
#[derive(Debug)]
pub enum Refusal {
    /// It has no page, and nothing that teaches it has one.
    NoPage(Ref),
    /// The address is not one of the web.
    NoAddress(String),
}

/// The page of what was named. The front end opens it.
///
/// # Errors
/// The reference is unknown, it has no page, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let node = references::node(&query.reference, &standing.followed_ids(), app)?;
    let Some((reference, title, url)) = page(&node, &view, app.today()) else {
        return Err(super::Refusal::Open(Refusal::NoPage(node.reference())).into());
    };
    // The format lets only http and https in; a path of another making might not.
    let href = Address::of(&url).map(|address| address.href());
    if !query.print && href.is_none() {
        return Err(super::Refusal::Open(Refusal::NoAddress(url)).into());
    }
    Ok(app.answer(Report { reference, title, url, opened: !query.print, href }))
}

fn page(node: &Node<'_>, view: &Learner<'_>, today: NaiveDate) -> Option<(Ref, String, String)> {
    if let Some(url) = node.url() {
        return Some((node.reference(), node.title().to_owned(), url.to_owned()));
    }
    let Node::Item(item) = node else { return None };
    let teaching = Lesson::of(view, item, today)?.by_worth(item);
    teaching.into_iter().find_map(|one| {
        let url = one.resource()?.url.clone()?;
        Some((one.reference(), one.title().to_owned(), url))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Refusal as Refused;
    use super::super::fixture::{Home, refused};
    use super::*;

    const BAKING: &str = r#"format = 1
id = "baking"
title = "Baking"

[[stages]]
id = "first"
title = "First"

[[stages.topics]]
id = "dough"
title = "Dough"
hours = 4
url = "https://example.org/dough"
skills = [{ id = "knead", title = "Kneading" }, { id = "fold", title = "Folding" }]

[[stages.topics.resources]]
id = "book"
title = "The Book"
type = "book"
hours = 3
skills = ["knead"]

[[stages.topics.resources]]
id = "film"
title = "The Film"
url = "HTTPS://example.org/film"
type = "video"
hours = 1
skills = ["knead"]

[[stages.milestones]]
id = "loaf"
title = "A loaf"
hours = 2
requires = ["dough"]
criteria = ["It rose."]
"#;

    #[test]
    fn a_page_is_its_own_or_of_what_teaches_it() {
        let home = Home::with(&[("baking.toml", BAKING)]);
        let ask = |reference: &str, print| {
            let query = Query { reference: reference.to_owned(), print };
            report(&query, &home.app()).map(|answer| answer.report)
        };
        let film = "https://example.org/film";
        for (asked, reference, href) in [
            ("baking/dough", "baking/dough", "https://example.org/dough"),
            ("baking/film", "baking/film", film),
            ("baking/knead", "baking/film", film),
        ] {
            let found = ask(asked, false).unwrap();
            let is = (found.reference.as_str(), found.href.as_deref(), found.opened);
            assert_eq!(is, (reference, Some(href), true), "{asked}");
            assert!(!ask(asked, true).unwrap().opened, "{asked}");
        }
        for without in ["baking/book", "baking/fold", "baking/loaf"] {
            let refused = refused(ask(without, true));
            let Refused::Open(Refusal::NoPage(name)) = refused else { panic!("{refused:?}") };
            assert_eq!(name.as_str(), without);
        }
    }
}
