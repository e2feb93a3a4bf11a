//! Paths that are built in, for tests: nothing that really ships has to be so.

#![allow(clippy::unwrap_used, reason = "it is for tests")]

use std::sync::LazyLock;

use milepost_path::Career;

use super::builtin::{BuiltIn, BuiltIns};
use crate::model::fixture::sketch;

const SKETCH: &str = "
    path foundations = Foundations
    stage basics
    topic mathematics 10h
    skill linear-algebra
    resource essence-of-linear-algebra video
    topic algorithms = Data structures and algorithms
    skill sorting
    path ai-integration needs=foundations/ = AI Integration Engineering
    stage foundation
    topic api-development 10h
    skill fastapi = FastAPI
    resource fastapi-docs
    resource fastapi-book
    path ml-engineering needs=foundations/
    stage foundation
    topic mathematics 10h
    skill linear-algebra
    resource essence-of-linear-algebra video same=foundations/essence-of-linear-algebra
    path resource-library
    stage shelf
    topic books
    resource odyssey book";

static ALL: LazyLock<BuiltIns> = LazyLock::new(|| {
    let paths: Vec<BuiltIn> = sketch(SKETCH)
        .into_iter()
        .map(|path| {
            let mentions: Vec<&str> = path.mentions();
            let mentions =
                mentions.into_iter().map(|id| &*id.to_owned().leak()).collect::<Vec<_>>();
            BuiltIn {
                id: path.id.clone().leak(),
                mentions: mentions.leak(),
                replaces: &[],
                fingerprint: 1,
                comments: &[],
                index: postcard::to_stdvec(&path).unwrap().leak(),
            }
        })
        .collect();
    let career = Career { title: "Of the program".to_owned(), ..Career::default() };
    BuiltIns { paths: paths.leak(), career: postcard::to_stdvec(&career).unwrap().leak() }
});

/// Four paths and a career file.
pub(crate) fn built_ins() -> BuiltIns {
    *ALL
}
