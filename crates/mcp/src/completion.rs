//! What can be completed: the ids in the address of a resource, and the paths and questions that prompts
//! take.

use std::collections::HashMap;

use milepost::context::Context;
use rmcp::model::{CompleteRequestParams, CompletionInfo, Reference};

use crate::resources::{ITEM, PATH};

/// The kinds of ids that can be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    Paths,
    /// What is in the path that was chosen before.
    Parts,
    Questions,
}

/// A request for completion, without the names that the protocol has for it.
pub(crate) struct Asked {
    ids: Option<Ids>,
    begun: String,
    before: HashMap<String, String>,
}

impl Asked {
    /// Reads a request.
    pub(crate) fn read(request: CompleteRequestParams) -> Self {
        let argument = request.argument;
        let ids = match (&request.r#ref, argument.name.as_str()) {
            (Reference::Resource(one), "id") if one.uri == PATH => Some(Ids::Paths),
            (Reference::Resource(one), "path") if one.uri == ITEM => Some(Ids::Paths),
            (Reference::Resource(one), "id") if one.uri == ITEM => Some(Ids::Parts),
            (Reference::Prompt(_), "path") => Some(Ids::Paths),
            (Reference::Prompt(_), "question") => Some(Ids::Questions),
            _ => None,
        };
        let before = request.context.and_then(|context| context.arguments).unwrap_or_default();
        Self { ids, begun: argument.value, before }
    }

    /// The ids that begin so, as many as the protocol takes.
    pub(crate) fn complete(&self, context: &Context) -> CompletionInfo {
        let catalog = context.app.catalog();
        let paths = || catalog.all().into_iter().map(|(roadmap, _)| roadmap);
        let all: Vec<String> = match self.ids {
            None => Vec::new(),
            Some(Ids::Paths) => paths().map(|path| path.id.clone()).collect(),
            Some(Ids::Parts) => {
                let path = self.before.get("path").and_then(|id| catalog.roadmap(id));
                let nodes = path.into_iter().flat_map(|path| path.nodes());
                nodes.filter_map(|node| node.id().map(str::to_owned)).collect()
            }
            Some(Ids::Questions) => {
                let questions = paths().flat_map(|path| path.questions());
                questions.map(|one| one.reference().to_string()).collect()
            }
        };
        let fitting: Vec<String> =
            all.into_iter().filter(|one| one.starts_with(&self.begun)).collect();
        let total = u32::try_from(fitting.len()).ok();
        let more = fitting.len() > CompletionInfo::MAX_VALUES;
        let shown = fitting.into_iter().take(CompletionInfo::MAX_VALUES).collect();
        CompletionInfo::with_pagination(shown, total, more).unwrap_or_default()
    }
}
