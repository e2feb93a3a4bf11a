//! A word that is searched, and when a word of a text is it.

/// A word that only begins like the one searched, or is another number of it, counts this part.
pub(super) const IN_PART: f64 = 0.6;

/// A word of a query.
pub(super) struct Wanted {
    /// In lower case, and folded.
    word: String,
    /// How it would be in the singular or the plural.
    numbers: Vec<String>,
}

impl Wanted {
    pub(super) fn new(word: &str) -> Self {
        Self { word: word.to_owned(), numbers: other_numbers(word) }
    }

    pub(super) fn word(&self) -> &str {
        &self.word
    }

    /// How well a word of a folded text fits: 1 if it is the same, less if it begins so or is only another
    /// number of it, 0 if neither.
    pub(super) fn fits(&self, word: &str) -> f64 {
        let is = |wanted: &str, word: &str| word.eq_ignore_ascii_case(wanted);
        if is(&self.word, word) {
            return 1.0;
        }
        let begins = word.get(..self.word.len()).is_some_and(|start| is(&self.word, start));
        let is_part = begins || self.numbers.iter().any(|number| is(number, word));
        if is_part { IN_PART } else { 0.0 }
    }
}

/// The other number of an English noun, as far as its ending tells: what they are is only compared with
/// whole words, so that what is no word does no harm. After the S stemmer of Harman, "How effective is
/// suffixing?", 1991.
fn other_numbers(word: &str) -> Vec<String> {
    // `as` is no plural, and `api` has one.
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        found.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        found.push(stem.to_owned());
    }
    match word.strip_suffix('s') {
        Some(stem) => found.push(stem.to_owned()),
        // Any other plural begins with the word.
        None => found.extend(word.strip_suffix('y').map(|stem| format!("{stem}ies"))),
    }
    found.retain(|number| number.len() > 2);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_fits_whole_by_its_beginning_or_in_another_number() {
        for (wanted, word, expected) in [
            ("embedding", "embedding", 1.0),
            ("embedding", "Embedding", 1.0),
            ("embedding", "embeddings", IN_PART),
            ("embeddings", "embedding", IN_PART),
            ("embed", "embedding", IN_PART),
            ("embedding", "embed", 0.0),
            ("apis", "API", IN_PART),
            ("policies", "policy", IN_PART),
            ("policy", "policies", IN_PART),
            ("indexes", "index", IN_PART),
            ("caches", "cache", IN_PART),
            ("classes", "classification", 0.0),
            ("gpus", "GPU", IN_PART),
            ("as", "a", 0.0),
            ("is", "i", 0.0),
            ("gas", "ga", 0.0),
            ("größen", "größe", 0.0),
            ("\u{1112}", "\u{1112}\u{1161}", IN_PART),
        ] {
            assert_eq!(Wanted::new(wanted).fits(word), expected, "{wanted} in {word}");
        }
    }
}
