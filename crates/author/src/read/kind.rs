//! What kind of resource a word names: `(video)` behind a title, `Books` over a list.

use milepost_path::{Cost, ResourceKind};

/// The kind that a word or a short phrase names, in the singular or the plural.
pub(super) fn of(phrase: &str) -> Option<ResourceKind> {
    if phrase.len() > 40 {
        return None;
    }
    let phrase = phrase.trim().to_lowercase();
    if let Some(kind) = ResourceKind::parse(&phrase) {
        return Some(kind);
    }
    Some(match phrase.as_str() {
        "videos" | "playlist" | "playlists" | "video series" | "lecture videos" | "screencast"
        | "youtube" | "webinar" | "talk" | "talks" => ResourceKind::Video,
        "books" | "textbook" | "textbooks" | "ebook" | "ebooks" | "e-book" | "e-books"
        | "free book" | "free ebook" => ResourceKind::Book,
        "papers" | "research paper" | "research papers" => ResourceKind::Paper,
        "articles" | "blog" | "blogs" | "blog post" | "blog posts" | "post" | "posts"
        | "reading" | "readings" => ResourceKind::Article,
        "courses" | "mooc" | "moocs" | "online course" | "online courses" | "class" => {
            ResourceKind::Course
        }
        "podcasts" => ResourceKind::Podcast,
        "tutorials" => ResourceKind::Tutorial,
        "guides" => ResourceKind::Guide,
        "documentation" | "doc" | "reference" | "manual" => ResourceKind::Docs,
        "exercises" | "coding exercise" | "coding exercises" | "practice" | "problems"
        | "competition" | "competitions" | "game" | "games" => ResourceKind::Exercise,
        "tools" | "software" | "library" | "libraries" => ResourceKind::Tool,
        "communities" | "forum" | "forums" | "chat" => ResourceKind::Community,
        "conferences" | "meetup" | "meetups" => ResourceKind::Conference,
        _ => return None,
    })
}

/// The kind that the heading of a list names with its last word or as a whole, such as
/// `Practical Books`.
pub(super) fn of_heading(heading: &str) -> Option<ResourceKind> {
    let is_plural = |word: &&str| word.ends_with('s') || word.eq_ignore_ascii_case("mooc");
    let last = heading.split_whitespace().next_back().filter(is_plural);
    of(heading).or_else(|| of(last?))
}

/// What a cell says that something costs.
pub(super) fn cost(cell: &str) -> Option<Cost> {
    let word = cell.trim().to_lowercase();
    if let Some(cost) = Cost::parse(&word) {
        return Some(cost);
    }
    let amount: String = word.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    match (word.as_str(), amount.parse::<f64>()) {
        ("yes" | "gratis" | "open", _) => Some(Cost::Free),
        (_, Ok(amount)) if word.len() < 20 => {
            Some(if amount == 0.0 { Cost::Free } else { Cost::Paid })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_kinds() {
        assert_eq!(of("Video"), Some(ResourceKind::Video));
        assert_eq!(of("blog posts"), Some(ResourceKind::Article));
        assert_eq!(of("Arrays"), None);
        assert_eq!(of_heading("Practical Books"), Some(ResourceKind::Book));
        assert_eq!(of_heading("The Book"), None);
        assert_eq!(cost("Free"), Some(Cost::Free));
        assert_eq!(cost("0"), Some(Cost::Free));
        assert_eq!(cost("₹4,999"), Some(Cost::Paid));
        assert_eq!(cost("unknown"), None);
    }
}
