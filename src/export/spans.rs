//! Running text of a path file in which a piece of code stands between backticks, as its author
//! would write it in Markdown.

/// A piece of such a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span<'a> {
    /// What stands outside.
    Plain(&'a str),
    /// What stands between backticks, without them.
    Code(&'a str),
}

/// The pieces of a text, in order. As in Markdown, as many backticks close a piece as opened it;
/// backticks that nothing closes, or that hold nothing, are text.
pub(super) fn spans(text: &str) -> Vec<Span<'_>> {
    let mut found = Vec::new();
    // Where the text begins that is in no piece yet, and where to look for backticks.
    let (mut plain, mut at) = (0, 0);
    while let Some((open, inner)) = run(text, at) {
        let fence = inner - open;
        let mut closing = run(text, inner);
        while let Some((start, end)) = closing.filter(|(start, end)| end - start != fence) {
            debug_assert!(start < end);
            closing = run(text, end);
        }
        let code = closing.and_then(|(start, end)| Some((text.get(inner..start)?.trim(), end)));
        match code.filter(|(code, _)| !code.is_empty()) {
            Some((code, end)) => {
                found
                    .extend(text.get(plain..open).filter(|text| !text.is_empty()).map(Span::Plain));
                found.push(Span::Code(code));
                (plain, at) = (end, end);
            }
            None => at = inner,
        }
    }
    found.extend(text.get(plain..).filter(|text| !text.is_empty()).map(Span::Plain));
    found
}

/// Where the next run of backticks begins and ends.
fn run(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = rest.find('`')?;
    let length = rest.bytes().skip(start).take_while(|byte| *byte == b'`').count();
    Some((from + start, from + start + length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Span::{Code, Plain};
    use super::*;

    #[test]
    fn code_stands_between_as_many_backticks() {
        for (text, expected) in [
            ("", vec![]),
            ("plain", vec![Plain("plain")]),
            ("`a`", vec![Code("a")]),
            ("run `make all` twice", vec![Plain("run "), Code("make all"), Plain(" twice")]),
            ("`a`, `b`", vec![Code("a"), Plain(", "), Code("b")]),
            ("``a`b``", vec![Code("a`b")]),
            ("`a", vec![Plain("`a")]),
            ("`a``", vec![Plain("`a``")]),
            ("it's 5` and `x`", vec![Plain("it's 5"), Code("and"), Plain("x`")]),
            ("a `` b", vec![Plain("a `` b")]),
            ("` `", vec![Plain("` `")]),
        ] {
            assert_eq!(spans(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a` é]{0,12}") {
            let bare = |text: &str| text.replace(['`', ' '], "");
            let said: String = spans(&text)
                .into_iter()
                .map(|span| match span { Plain(text) | Code(text) => text })
                .collect();
            prop_assert_eq!(bare(&said), bare(&text));
        }
    }
}
