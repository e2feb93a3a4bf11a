//! `config edit`: a copy is written, which takes the place of config.toml when it has no mistake.

use super::editor::editor;
use super::*;

const FILE: &str = ".config/milepost/config.toml";

fn read(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(sandbox.home().join(FILE)).unwrap()
}

/// What lies beside the file.
fn copies(sandbox: &Sandbox) -> Vec<String> {
    let folder = std::fs::read_dir(sandbox.home().join(".config/milepost")).into_iter().flatten();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "config.toml").collect()
}

const WIDE: (u16, u16) = (24, 200);

#[test]
fn the_configuration_is_edited() {
    let mut sandbox = Sandbox::new();
    // A new file begins with what can stand in it.
    editor(&mut sandbox, r#"sed -i 's/^# name = .*/name = "Anna"/' "$2""#);
    let (code, left) = run(&sandbox, "config edit", WIDE).ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(left.starts_with("name: Anna\n`milepost config unset name` takes it back"), "{left}");
    let text = read(&sandbox);
    assert!(text.starts_with("#:schema config.schema.json\n# Remove the `#`"), "{text}");
    // All that is shown there can be set so.
    let whole = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.contains(" = ") => rest,
        _ => line,
    });
    sandbox.write(FILE, &whole.collect::<Vec<_>>().join("\n"));
    let settings = sandbox.json(["config"])["settings"].clone();
    for setting in settings.as_array().unwrap() {
        assert_eq!(setting["origin"], "file", "{setting}");
    }
    editor(&mut sandbox, "true");
    let (code, left) = run(&sandbox, "config edit", WIDE).ends();
    assert_eq!(code, Some(0));
    assert!(left.contains("config.toml is as it was; nothing changed"), "{left}");
    editor(&mut sandbox, "echo '# more' >> \"$2\"");
    let (_, left) = run(&sandbox, "config edit", WIDE).ends();
    assert!(left.contains("every key has the value that it had"), "{left}");
    assert_eq!(copies(&sandbox), [""; 0]);
}

#[test]
fn a_mistake_is_told_and_mended_or_kept() {
    let mut sandbox = Sandbox::new();
    sandbox.write(FILE, "name = \"Anna\"\n");
    let script = r#"grep -q sometimes "$2" && sed -i s/sometimes/never/ "$2" || echo 'color = "sometimes"' >> "$2""#;
    editor(&mut sandbox, script);
    let mut terminal = run(&sandbox, "config edit", WIDE);
    let screen = terminal.shows("Open it again? [y/N]");
    assert!(
        screen.contains(".toml:2: `color` must be \"auto\", \"always\" or \"never\""),
        "{screen}"
    );
    terminal.is_asked();
    assert_eq!(read(&sandbox), "name = \"Anna\"\n");
    terminal.press("y");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert_eq!(read(&sandbox), "name = \"Anna\"\ncolor = \"never\"\n");
    assert_eq!(copies(&sandbox), [""; 0]);

    for key in ["n", ESC, CTRL_C] {
        editor(&mut sandbox, "echo 'copies = 1' >> \"$2\"");
        let mut terminal = run(&sandbox, "config edit", WIDE);
        terminal.shows("Open it again? [y/N]");
        terminal.is_asked();
        terminal.press(key);
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(if key == "n" { 1 } else { 130 }), "{left}");
        assert!(left.replace('\n', "").contains("hint: what you wrote is kept in "), "{left}");
        assert_eq!(read(&sandbox), "name = \"Anna\"\ncolor = \"never\"\n");
        let kept = copies(&sandbox);
        assert_eq!(kept.len(), 1, "{kept:?}");
        let kept = sandbox.home().join(".config/milepost").join(&kept[0]);
        assert!(std::fs::read_to_string(&kept).unwrap().ends_with("never\"\ncopies = 1\n"));
        std::fs::remove_file(kept).unwrap();
    }
    // A file with a mistake can be opened.
    sandbox.write(FILE, "name = [");
    editor(&mut sandbox, "echo 'name = \"B\"' > \"$2\"");
    assert_eq!(run(&sandbox, "config edit", WIDE).ends().0, Some(0));
    assert_eq!(read(&sandbox), "name = \"B\"\n");
    // Somebody else writes it meanwhile.
    editor(
        &mut sandbox,
        &format!("echo 'copies = true' >> \"$2\"; echo '# more' >> \"$HOME/{FILE}\""),
    );
    let (code, left) = run(&sandbox, "config edit", WIDE).ends();
    assert_eq!(code, Some(1));
    assert!(left.contains("was changed by another program meanwhile"), "{left}");
    assert_eq!((read(&sandbox).as_str(), copies(&sandbox).len()), ("name = \"B\"\n# more\n", 1));
    // The next one says that it is there, and leaves it alone.
    editor(&mut sandbox, "true");
    let (code, left) = run(&sandbox, "config edit", WIDE).ends();
    assert_eq!((code, copies(&sandbox).len()), (Some(0), 1));
    assert!(left.contains("holds what you wrote before"), "{left}");
    // No editor, and nothing is left.
    let mut sandbox = Sandbox::new();
    sandbox.set("EDITOR", "no-such-editor");
    let (code, left) = run(&sandbox, "config edit", WIDE).ends();
    assert_eq!(code, Some(1));
    assert!(left.contains("`milepost config path` says where it is"), "{left}");
    assert_eq!(copies(&sandbox), [""; 0]);
}
