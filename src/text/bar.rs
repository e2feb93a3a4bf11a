//! The progress bar.
//!
//! A bar does not flatter: it is rounded down, full only at exactly 1 and empty only at 0, so that a
//! bit that is done shows, and a bit that is missing too. It takes exactly the columns asked for.
//! The number stands beside it, made by `quantity`: a bar is never the only word on progress.

use super::width::WIDEST;

/// The blocks of one to seven eighths.
const EIGHTHS: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar of so many columns: in eighths of blocks where `unicode`, else of `#` and `.`.
///
/// What is below 0 and not a number counts as 0, what is above 1 as 1. A single ASCII column, which
/// cannot show both what is done and what is missing, is `+` in between.
pub(crate) fn bar(fraction: f64, columns: usize, unicode: bool) -> String {
    let columns = columns.min(WIDEST);
    let parts = if unicode { 8 } else { 1 };
    let whole = columns * parts;
    let fraction = if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) };
    if !unicode && columns == 1 && fraction > 0.0 && fraction < 1.0 {
        return "+".to_owned();
    }
    // At most 80,000: exact in f64, and the conversion saturates anyway.
    let mut filled = (fraction * whole as f64) as usize;
    if fraction < 1.0 {
        filled = filled.min(whole.saturating_sub(1));
    }
    if fraction > 0.0 {
        filled = filled.max(whole.min(1));
    }
    let (full, part) = (filled / parts, filled % parts);
    let part = part.checked_sub(1).and_then(|index| EIGHTHS.get(index).copied());
    let rest = columns - full - usize::from(part.is_some());
    let (done, missing) = if unicode { ("█", "░") } else { ("#", ".") };
    done.repeat(full) + part.unwrap_or_default() + &missing.repeat(rest)
}

/// A bar of whole levels, two columns each: those that are reached, those that are missing up to a
/// target, and the rest up to the highest.
pub(crate) fn levels(reached: u8, target: u8, highest: u8, unicode: bool) -> String {
    let (full, missing, rest) =
        if unicode { ("██", "░░", "··") } else { ("##", "--", "..") };
    let cell = |level| match level {
        level if level <= reached => full,
        level if level <= target => missing,
        _ => rest,
    };
    (1..=highest).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width;
    use super::*;

    #[test]
    fn levels_are_reached_missing_or_beyond_the_target() {
        for (reached, target, unicode, expected) in [
            (0, 0, true, "········"),
            (2, 3, true, "████░░··"),
            (3, 1, true, "██████··"),
            (4, 4, false, "########"),
            (1, 2, false, "##--...."),
            (9, 9, false, "########"),
        ] {
            assert_eq!(levels(reached, target, 4, unicode), expected);
        }
    }

    #[test]
    fn bars() {
        for (fraction, columns, unicode, expected) in [
            (0.0, 4, true, "░░░░"),
            (1.0, 4, true, "████"),
            (0.5, 4, true, "██░░"),
            (0.5, 1, true, "▌"),
            (0.53125, 4, true, "██▏░"),
            (1e-12, 4, true, "▏░░░"),
            (1.0 - 1e-12, 4, true, "███▉"),
            (0.0, 4, false, "...."),
            (1.0, 4, false, "####"),
            (0.5, 4, false, "##.."),
            (0.01, 4, false, "#..."),
            (0.99, 4, false, "###."),
            (0.0, 1, false, "."),
            (0.5, 1, false, "+"),
            (1.0, 1, false, "#"),
            (0.5, 0, true, ""),
            (0.5, 0, false, ""),
            (f64::NAN, 2, true, "░░"),
            (f64::NEG_INFINITY, 2, true, "░░"),
            (f64::INFINITY, 2, true, "██"),
            (-0.0, 2, true, "░░"),
        ] {
            assert_eq!(bar(fraction, columns, unicode), expected, "{fraction} {columns} {unicode}");
        }
        assert_eq!(width::columns(&bar(0.3, usize::MAX, true)), WIDEST);
    }

    proptest! {
        #[test]
        fn a_bar_is_honest(fraction in any::<f64>(), columns in 1_usize..60, unicode: bool) {
            let text = bar(fraction, columns, unicode);
            prop_assert_eq!(width::columns(&text), columns);
            let full = bar(1.0, columns, unicode);
            let empty = bar(0.0, columns, unicode);
            prop_assert_eq!(text == full, fraction >= 1.0);
            prop_assert_eq!(text == empty, fraction.is_nan() || fraction <= 0.0);
        }

        #[test]
        fn a_bar_is_within_one_part(fraction in 0.0..=1.0, columns in 1_usize..60) {
            let eighths: usize = bar(fraction, columns, true).chars().map(|char| match char {
                '░' => 0,
                '█' => 8,
                part => EIGHTHS.iter().position(|known| known.starts_with(part)).unwrap() + 1,
            }).sum();
            let exact = fraction * (columns * 8) as f64;
            prop_assert!((eighths as f64 - exact).abs() <= 1.0);
        }
    }
}
