use proptest::prelude::*;

use super::*;

const BOLD: &str = "\x1b[1m";
const LINK: &str = "\x1b]8;;https://example.org\x1b\\";
const FAMILY: &str = "👩‍👩‍👧";

/// Texts of everything that is hard to measure.
pub(in super::super) fn hard_text() -> impl Strategy<Value = String> {
    let parts = [
        "a",
        "b",
        "word",
        "  ",
        " ",
        "\n",
        "\t",
        "\r\n",
        "中",
        "文字",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{200D}",
        "\u{FE0F}",
        "\u{FE0E}",
        "❤",
        "❤\u{FE0F}",
        "👩",
        FAMILY,
        "👍🏽",
        "🏽",
        "🇩🇪",
        "🇺",
        "1\u{FE0F}\u{20E3}",
        "لا",
        "ل",
        "ا",
        "한",
        "\u{1112}\u{1161}\u{11AB}",
        "\u{17D2}\u{1780}",
        "\u{2019}\u{FE01}",
        "\u{A0}",
        "…",
        "\u{FFFD}",
        "\x1b",
        "\x1b[",
        "\x1b]8;",
        "\x07",
        BOLD,
        RESET,
        "\x1b[38;5;1m",
        LINK,
        LINK_END,
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A text without its escapes.
fn shown(text: &str) -> String {
    Pieces(text)
        .filter_map(|piece| if let Piece::Shown(text) = piece { Some(text) } else { None })
        .collect()
}

fn is_closed(text: &str) -> bool {
    let mut open = Open::default();
    for piece in Pieces(text) {
        if let Piece::Escape(escape) = piece {
            open.note(escape);
        }
    }
    open.styles.is_empty() && open.link.is_none()
}

#[test]
fn columns_are_those_of_the_screen() {
    for (text, expected) in [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u{301}", 1),
        ("中文", 4),
        ("👩‍💻", 2),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("❤\u{FE0F}", 2),
        ("🇩🇪", 2),
        ("█▏░", 3),
        ("\x1b[1mabc\x1b[0m", 3),
        ("\x1b[38;5;12m中\x1b[0m", 2),
        ("\x1b]8;;https://example.org\x1b\\docs\x1b]8;;\x1b\\", 4),
        ("\x1b]8;id=1;https://example.org\x07docs\x1b]8;;\x07", 4),
        ("\x1b]8;;unfinished", 15),
        ("\x1b[2J", 4),
    ] {
        assert_eq!(columns(text), expected, "{text:?}");
    }
}

#[test]
fn fit_cuts_whole_characters() {
    let link = format!("{LINK}docs{LINK_END}");
    for (text, width, expected) in [
        ("abc", 3, "abc".to_owned()),
        ("abcd", 3, "ab…".to_owned()),
        ("abcd", 1, "…".to_owned()),
        ("abcd", 0, String::new()),
        ("中文字", 5, "中文…".to_owned()),
        ("中文字", 4, "中…".to_owned()),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…".to_owned()),
        ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…".to_owned()),
        ("👩‍👩‍👧👩‍👩‍👧", 2, "…".to_owned()),
        ("🇩🇪🇫🇷", 3, "🇩🇪…".to_owned()),
        ("\x1b[1mabcd\x1b[0m", 4, "\x1b[1mabcd\x1b[0m".to_owned()),
        ("\x1b[1mabcd\x1b[0m", 3, "\x1b[1mab…\x1b[0m".to_owned()),
        (&link, 3, format!("{LINK}do…{LINK_END}")),
    ] {
        assert_eq!(fit(text, width), expected, "{text:?} {width}");
    }
}

#[test]
fn pad_fills_to_the_width() {
    assert_eq!(pad("ab", 4), "ab  ");
    assert_eq!(pad_left("ab", 4), "  ab");
    assert_eq!(pad("中", 3), "中 ");
    assert_eq!(pad_left("abc", 2), "abc");
    assert_eq!(pad("\x1b[1ma\x1b[0m", 2), "\x1b[1ma\x1b[0m ");
    assert_eq!(pad("a", usize::MAX).len(), WIDEST);
}

#[test]
fn wrap_breaks_at_spaces() {
    for (text, width, expected) in [
        ("", 10, &[][..]),
        ("   ", 10, &[""]),
        ("one two three", 7, &["one two", "three"]),
        ("one two three", 8, &["one two", "three"]),
        ("  one \t two  ", 80, &["one two"]),
        ("a\n\nb\n", 80, &["a", "", "b"]),
        ("a\r\nb", 80, &["a", "b"]),
        ("see extraordinary things", 8, &["see", "extraord", "inary", "things"]),
        ("中文字", 4, &["中文", "字"]),
        ("中文", 1, &["中", "文"]),
        ("12\u{A0}h a", 4, &["12\u{A0}h", "a"]),
        ("one two", 0, &["o", "n", "e", "t", "w", "o"]),
    ] {
        assert_eq!(wrap(text, width), expected, "{text:?} {width}");
    }
}

#[test]
fn wrap_breaks_no_quoted_name() {
    for (text, expected) in [
        ("run `check '/a b/c d.toml'` now", &["run `check", "'/a b/c d.toml'`", "now"][..]),
        ("'/it'\\''s mine/x y' is it", &["'/it'\\''s mine/x y'", "is it"]),
        // No name; no end; no beginning.
        ("'a word or two' here", &["'a word or", "two' here"]),
        ("it '/a b c d e f", &["it '/a b c", "d e f"]),
        ("Ada's /a b c d' f", &["Ada's /a b", "c d' f"]),
    ] {
        assert_eq!(wrap(text, 10), expected, "{text}");
    }
}

#[test]
fn wrap_breaks_no_id() {
    for (text, expected) in [
        ("stopped a-long-path-id; its", &["stopped", "a-long-path-id;", "its"][..]),
        ("(a-long-path-id): 16 h", &["(a-long-path-id):", "16 h"]),
        ("`milepost start a-long-path-id`", &["`milepost", "start", "a-long-path-id`"]),
        // No id, or one that is a word.
        ("A-long-title-of", &["A-long-tit", "le-of"]),
        ("extraordinary", &["extraordin", "ary"]),
    ] {
        assert_eq!(wrap(text, 10), expected, "{text}");
    }
}

#[test]
fn wrap_carries_styles_over_lines() {
    assert_eq!(
        wrap("see \x1b[1mone two\x1b[0m end", 7),
        ["see \x1b[1mone\x1b[0m", "\x1b[1mtwo\x1b[0m end"]
    );
    assert_eq!(
        wrap(&format!("{LINK}ab cd{LINK_END}"), 2),
        [format!("{LINK}ab{LINK_END}"), format!("{LINK}cd{LINK_END}")]
    );
    assert_eq!(wrap("\x1b[1ma\n\nb\n\x1b[0m", 9), ["\x1b[1ma\x1b[0m", "", "\x1b[1mb\x1b[0m", ""]);
}

#[test]
fn wrap_indented_counts_its_prefixes() {
    assert_eq!(wrap_indented("- ", "  ", "one two three", 9), "- one two\n  three\n");
    assert_eq!(
        wrap_indented("because: ", "  ", "a bb ccc dddd", 12),
        "because: a\n  bb ccc\n  dddd\n"
    );
    assert_eq!(wrap_indented("- ", "  ", "a\n\nb", 9), "- a\n\n  b\n");
    assert_eq!(wrap_indented("- ", "  ", "", 9), "-\n");
    assert_eq!(wrap_indented("long prefix ", "    ", "ab", 3), "long prefix a\n    b\n");
}

#[test]
fn long_chains_stay_cheap() {
    let chain = "👩\u{200D}".repeat(20_000);
    assert!(columns(&fit(&chain, 40)) <= 40);
    let marks = format!("e{}中", "\u{301}".repeat(100_000));
    assert_eq!(wrap(&marks, 2).len(), 2);
    assert!(columns(&"\x1b]8;".repeat(20_000)) >= 60_000);
}

#[test]
fn a_name_that_is_copied_is_not_broken() {
    for name in [
        "/home/anna/a-long-folder/path.toml:3:1:",
        "~/a-long-folder/path.toml",
        "../a-long-folder/path.toml",
        "`/a-long-folder/path.toml`",
        "(https://example.org/a/page)",
    ] {
        let lines = wrap(&format!("see {name} there"), 10);
        assert_eq!(lines, ["see", name, "there"]);
    }
    assert_eq!(wrap("unbreakable_word", 10), ["unbreakabl", "e_word"]);
}

#[test]
fn a_number_and_its_unit_stay_together() {
    assert_eq!(wrap("about 10 h a week", 9), ["about", "10 h a", "week"]);
    assert_eq!(wrap("it has (45 min); go on", 10), ["it has", "(45 min);", "go on"]);
    assert_eq!(wrap("1,100 h", 4), ["1,10", "0 h"], "no room for both");
    assert_eq!(wrap("the other 2 happen later", 12), ["the other 2", "happen later"]);
    assert_eq!(wrap("level3 h", 7), ["level3", "h"]);
}

proptest! {
    #[test]
    fn fit_never_exceeds(text in hard_text(), width in 0_usize..40) {
        let cut = fit(&text, width);
        prop_assert!(columns(&cut) <= width, "{:?}", cut);
        prop_assert_eq!(cut == text, columns(&text) <= width);
        prop_assert!(cut == text || is_closed(&cut), "{:?}", cut);
        let kept = shown(&cut);
        prop_assert!(cut == text || shown(&text).starts_with(kept.trim_end_matches('…')));
    }

    #[test]
    fn pieces_are_the_text(text in hard_text()) {
        prop_assert_eq!(Pieces(&text).map(Piece::text).collect::<String>(), text);
    }

    #[test]
    fn pad_reaches_the_width(text in hard_text(), width in 0_usize..60) {
        prop_assert_eq!(columns(&pad(&text, width)), columns(&text).max(width));
        prop_assert_eq!(columns(&pad_left(&text, width)), columns(&text).max(width));
    }

    #[test]
    fn wrap_loses_no_word(text in hard_text(), width in 0_usize..30) {
        // An ESC alone is foreign: moved, it could make an escape of what follows.
        let text: String =
            Pieces(&text).map(Piece::text).filter(|text| *text != "\x1b").collect();
        let lines = wrap(&text, width);
        let letters = |text: &str| shown(text).split(is_space).collect::<String>();
        prop_assert_eq!(letters(&lines.join("\n")), letters(&text));
        for line in &lines {
            let pieces: Vec<Piece> =
                Pieces(line).filter(|piece| matches!(piece, Piece::Shown(_))).collect();
            let drawn = pieces.iter().filter(|piece| piece.text().width() > 0).count();
            let fits = columns(line) <= width || drawn <= 1 || line.contains('/');
            prop_assert!(fits, "{:?}", line);
            let mut ends = pieces.first().into_iter().chain(pieces.last());
            prop_assert!(!ends.any(|piece| piece.is_space()), "{:?}", line);
        }
    }

    #[test]
    fn wrap_breaks_no_word_that_fits(texts in prop::collection::vec(hard_text(), 1..8)) {
        let unbroken = |char: &char| !is_space(*char) && *char != '\x1b';
        let words: Vec<String> = texts
            .iter()
            .map(|text| format!("w{}", text.chars().filter(unbroken).collect::<String>()))
            .collect();
        // Counted by pieces, for the parts of a ligature are not kept together.
        let width = |word: &String| Pieces(word).map(|piece| piece.text().width()).sum();
        let widest: usize = words.iter().map(width).max().unwrap_or_default();
        for width in [widest, widest * 2] {
            let wrapped = wrap(&words.join(" "), width).join("\n");
            prop_assert_eq!(&wrapped.split(is_space).collect::<Vec<_>>(), &words);
        }
    }

    #[test]
    fn wrap_indented_ends_each_line(text in hard_text(), width in 0_usize..30) {
        let lines = wrap_indented("* ", "  ", &text, width);
        prop_assert!(lines.ends_with('\n'));
        prop_assert!(lines.lines().all(|line| !line.ends_with(' ')), "{:?}", lines);
    }
}
