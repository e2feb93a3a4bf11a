//! Where the parts of a file stand, for what is said of them beside the file itself.

use std::collections::HashMap;
use std::ops::Range;

use super::findings::Findings;
use super::raw::{RawFile, RawNode, RawPath, RawTopic};
use super::{reader, syntax};

/// Where the ids of a path file, overlay or career file stand in its text.
#[derive(Debug, Default)]
pub struct Places {
    file: Range<usize>,
    nodes: HashMap<String, Range<usize>>,
    questions: HashMap<String, Range<usize>>,
}

impl Places {
    /// Finds them; as many as can be read.
    pub fn of(text: &str) -> Self {
        let mut findings = Findings::new(text);
        let Some(document) = syntax::parse(text, syntax::PATH, &mut findings) else {
            return Self::default();
        };
        let mut places = Self::default();
        match reader::read_file(&document, &mut findings) {
            RawFile::Path(path) => places.see_path(&path),
            RawFile::Career(Some(career)) => career.areas().for_each(|area| places.see(area)),
            RawFile::Overlay(Some(overlay)) => {
                places.file = overlay.place();
                overlay.stages().iter().for_each(|stage| places.see(&stage.node));
                overlay.topics().for_each(|topic| places.see_topic(topic));
                overlay.milestones().for_each(|one| places.see(&one.item.node));
            }
            RawFile::Career(None) | RawFile::Overlay(None) | RawFile::Unknown => {}
        }
        places
    }

    /// The id of the path, of an overlay that of the path that it extends; the start of a career file.
    pub fn file(&self) -> Range<usize> {
        self.file.clone()
    }

    /// The id of a stage, topic or item, or of an area of a career file.
    pub fn node(&self, id: &str) -> Option<Range<usize>> {
        self.nodes.get(id).cloned()
    }

    /// The id of an interview question.
    pub fn question(&self, id: &str) -> Option<Range<usize>> {
        self.questions.get(id).cloned()
    }

    fn see_path(&mut self, path: &RawPath<'_>) {
        self.file = path.node.place().clone();
        for stage in path.stages.items() {
            self.see(&stage.node);
            stage.topics.items().iter().for_each(|topic| self.see_topic(topic));
            stage.milestones.items().iter().for_each(|one| self.see(&one.item.node));
        }
        let questions = path.interview.items().iter().flat_map(|topic| topic.questions.items());
        for id in questions.filter_map(|question| question.id.as_ref()) {
            self.questions.insert(id.value.to_owned(), id.span.clone());
        }
    }

    fn see_topic(&mut self, topic: &RawTopic<'_>) {
        self.see(&topic.node);
        topic.skills.items().iter().for_each(|skill| self.see(&skill.item.node));
        topic.resources.items().iter().for_each(|one| self.see(&one.item.node));
    }

    fn see(&mut self, node: &RawNode<'_>) {
        self.nodes.insert(node.id().to_owned(), node.place().clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_where_they_stand() {
        let text = "format = 1\nid = \"p\"\ntitle = \"P\"\n[[stages]]\nid = \"s\"\n\
            [[stages.topics]]\nid = \"t\"\nskills = [{ id = \"k\" }]\n\
            [[interview]]\nid = \"i\"\nquestions = [{ id = \"t\" }]\n";
        let places = Places::of(text);
        let at = |place: Option<Range<usize>>| {
            super::super::line_column(text, place.map_or(0, |place| place.start))
        };
        assert_eq!(&text[places.file()], "\"p\"");
        assert_eq!(at(places.node("s")), (5, 6));
        assert_eq!(at(places.node("t")), (7, 6));
        assert_eq!(at(places.node("k")), (8, 18));
        assert_eq!(at(places.question("t")), (11, 21));
        assert_eq!((places.node("p"), places.node("i"), places.question("k")), (None, None, None));
        let text = "kind = \"career\"\nformat = 1\n[[areas]]\nid = \"a\"\n[[roles]]\nid = \"r\"\n";
        let places = Places::of(text);
        let at = |place: Option<Range<usize>>| {
            super::super::line_column(text, place.map_or(0, |place| place.start))
        };
        assert_eq!((places.file(), at(places.node("a"))), (0..0, (4, 6)));
        assert_eq!(places.node("r"), None);
        let text = "kind = \"overlay\"\nformat = 1\nextends = \"p\"\n[[topics]]\nid = \"t\"\n\
            skills = [{ id = \"my-k\" }]\n[[stages]]\nid = \"my-s\"\n[[stages.milestones]]\nid = \"my-m\"\n\
            [[stages.topics]]\nid = \"my-t\"\nresources = [{ id = \"my-r\" }]\n";
        let places = Places::of(text);
        assert_eq!(&text[places.file()], "\"p\"");
        let lines = ["t", "my-k", "my-s", "my-m", "my-t", "my-r"].map(|id| {
            let place = places.node(id).expect(id);
            super::super::line_column(text, place.start).0
        });
        assert_eq!(lines, [5, 6, 8, 10, 12, 13]);
        assert_eq!(Places::of("# Markdown\n- x\n").file(), 0..0);
    }
}
