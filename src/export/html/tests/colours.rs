//! What can be told apart.

use super::*;

/// The colours of a scheme: the first block of the style sheet, or the one for the dark.
fn colours(style: &str, dark: bool) -> BTreeMap<String, [f64; 3]> {
    let block =
        if dark { style.split_once("(prefers-color-scheme: dark)").unwrap().1 } else { style };
    let block = block.split_once(":root {").unwrap().1.split_once('}').unwrap().0;
    let mut colours = BTreeMap::new();
    for declaration in block.split(';') {
        let Some((name, value)) = declaration.trim().split_once(": #") else { continue };
        let channel = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
        let rgb = [0, 2, 4].map(|at| f64::from(channel(at)) / 255.0);
        colours.insert(name.to_owned(), rgb);
    }
    colours
}

/// As the Web Content Accessibility Guidelines define it.
fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] =
        rgb.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[test]
fn text_stands_out_and_shades_differ_in_both_schemes() {
    let style = Style::new().0;
    for dark in [false, true] {
        let colours = colours(&style, dark);
        let light = |name: &str| luminance(colours[name]);
        let contrast = |a: &str, b: &str| {
            let (a, b) = (light(a), light(b));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        };
        for (text, ground, least) in [
            ("--ink", "--paper", 7.0),
            ("--ink", "--card", 7.0),
            ("--ink", "--tint", 7.0),
            ("--soft", "--paper", 4.5),
            ("--soft", "--card", 4.5),
            ("--accent", "--paper", 4.5),
            ("--accent", "--tint", 4.5),
            ("--paper", "--accent", 4.5),
            // Pictures.
            ("--warm", "--paper", 3.0),
            ("--accent", "--bar", 3.0),
        ] {
            let found = contrast(text, ground);
            assert!(found >= least, "{text} on {ground}, dark {dark}: {found:.2}");
        }
        for pair in ["--l0", "--l1", "--l2", "--l3", "--l4"].windows(2) {
            let found = contrast(pair[0], pair[1]);
            let darker = light(pair[0]) > light(pair[1]);
            assert!(found >= 1.25 && darker != dark, "{pair:?}, dark {dark}: {found:.2}");
        }
    }
}
