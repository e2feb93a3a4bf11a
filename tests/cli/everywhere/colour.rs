//! Colour: when it is there, and that nothing is told by it alone.

use super::*;

#[test]
fn colour_is_as_wished_and_never_alone() {
    let plain = prepared().ok(["status"]);
    let with = |set: &[(&str, &str)], args: &[&str]| {
        let mut sandbox = prepared();
        for (name, value) in set {
            sandbox.set(name, value);
        }
        sandbox.ok(args)
    };
    let coloured = with(&[("CLICOLOR_FORCE", "1")], &["status"]);
    assert!(coloured.contains("\x1b[1m"));
    let mut without = String::new();
    for (at, part) in coloured.split("\x1b[").enumerate() {
        without.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(without, plain, "colour adds nothing but colour");
    for (set, args, colour) in [
        (&[][..], &["status"][..], false),
        (&[("CLICOLOR_FORCE", "0")], &["status"], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["status"], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &["status"], true),
        (&[("NO_COLOR", "1")], &["status", "--color", "always"], true),
        (&[("CLICOLOR_FORCE", "1")], &["status", "--color=never"], false),
        (&[("TERM", "xterm")], &["status", "--color", "auto"], false),
        (&[("CLICOLOR_FORCE", "1")], &["--help"], true),
        (&[], &["--help"], false),
    ] {
        assert_eq!(with(set, args).contains('\x1b'), colour, "{set:?} {args:?}");
    }
}

#[test]
fn a_dumb_terminal_gets_ascii() {
    let mut sandbox = prepared();
    sandbox.set("TERM", "dumb");
    let said = sandbox.ok(["status"]);
    assert!(said.is_ascii(), "{said}");
}

#[test]
fn colour_can_be_configured() {
    let mut sandbox = prepared();
    sandbox.write(".config/milepost/config.toml", "color = \"always\"\n");
    assert!(sandbox.ok(["status"]).contains('\x1b'));
    assert!(!sandbox.ok(["status", "--color", "never"]).contains('\x1b'), "a flag beats the file");
    sandbox.set("NO_COLOR", "1");
    assert!(!sandbox.ok(["status"]).contains('\x1b'), "the environment beats the file");
}
