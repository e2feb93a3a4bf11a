//! Whatever the environment says: places, zones, names.

use super::*;

#[test]
fn a_strange_environment_is_survived() {
    let whole = prepared();
    let expected = whole.ok(["status"]);
    for (name, value) in [
        ("TZ", "pBB24"),
        ("TZ", "nowhere/at/all"),
        ("TZ", ""),
        ("LANG", "xx.UTF-8"),
        ("LC_ALL", "xx_YY.utf8"),
        ("TERM", "no-such-terminal"),
        ("CLICOLOR", "what"),
    ] {
        let mut sandbox = prepared();
        sandbox.set(name, value);
        let output = sandbox.output(["status"]);
        assert_eq!(sandbox.said(&output), expected, "{name}={value}");
    }
    for columns in ["abc", "", "0", "-5", "1", "7", "99999999999999999999", "80 "] {
        let mut sandbox = prepared();
        sandbox.set("COLUMNS", columns);
        for args in [&["status"][..], &["paths"], &["list"], &["show", "web"], &["--help"]] {
            let output = sandbox.output(args);
            assert!(output.status.success() && output.stderr.is_empty(), "{columns:?} {args:?}");
            assert!(!output.stdout.is_empty());
        }
    }
}

#[test]
fn the_real_clock_survives_a_wrong_zone() {
    let mut sandbox = shelf::home();
    sandbox.set("MILEPOST_NOW", "").set("TZ", "pBB24");
    for args in [&["start", "tools"][..], &["done", "tools/pipes"], &["status"], &["log"]] {
        let output = sandbox.output(args);
        let said = sandbox.said(&output);
        assert!(output.status.success() && !said.contains("panicked"), "{args:?}: {said}");
    }
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_file() {
    let mut sandbox = shelf::home();
    let place = |name: &str| sandbox.home().join(name);
    let (by_file, by_env, by_flag) = (place("file.db"), place("env.db"), place("flag.db"));
    let default = sandbox.db();
    sandbox.ok(["start", "tools"]);
    assert!(default.exists());
    sandbox
        .write(".config/milepost/config.toml", &format!("db = {:?}\n", by_file.to_str().unwrap()));
    sandbox.ok(["start", "tools"]);
    assert!(by_file.exists() && !by_env.exists());
    sandbox.set("MILEPOST_DB", by_env.to_str().unwrap());
    sandbox.ok(["start", "tools"]);
    assert!(by_env.exists() && !by_flag.exists());
    sandbox.ok(["start", "tools", "--db", "flag.db"]);
    assert!(by_flag.exists());
    sandbox.set("MILEPOST_DB", "");
    assert!(sandbox.ok(["start", "tools"]).contains("already follow"), "empty is unset");
}

#[test]
fn places_can_be_moved() {
    let mut sandbox = Sandbox::new();
    let at = |name: &str| sandbox.home().join(name).to_str().unwrap().to_owned();
    let (data, config, own) = (at("data"), at("config"), at("own"));
    sandbox.write("config/milepost/paths/tools.toml", shelf::TOOLS);
    sandbox.write("own/web.toml", shelf::WEB);
    sandbox.set("XDG_DATA_HOME", &data).set("XDG_CONFIG_HOME", &config);
    sandbox.ok(["start", "tools"]);
    assert!(sandbox.home().join("data/milepost/progress.db").exists());
    sandbox.set("MILEPOST_PATHS", &own);
    assert_eq!(sandbox.code(["show", "web"]), 0);
    assert_eq!(sandbox.code(["show", "tools"]), 1, "what is named is all there is");
}

#[cfg(unix)]
#[test]
fn the_record_is_private_and_the_only_file() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = shelf::home();
    sandbox.ok(["start", "web"]);
    sandbox.ok(["done", "pipes"]);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&sandbox.db()), 0o600);
    let folder = sandbox.db().parent().unwrap().to_owned();
    assert_eq!(mode(&folder), 0o700);
    let entries = |folder: &std::path::Path| {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut entries: Vec<_> = entries.collect();
        entries.sort();
        entries
    };
    // Beside it lie only the last good texts of the followed paths, as private as it is.
    let texts = folder.join("progress.db.last-good");
    assert_eq!(entries(&folder), [sandbox.db(), texts.clone()]);
    assert_eq!(mode(&texts), 0o700);
    assert!(entries(&texts).iter().all(|text| mode(text) == 0o600));
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_names() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let sandbox = shelf::home();
    let name = OsString::from_vec(b"caf\xe9.db".to_vec());
    sandbox.ok([OsString::from("--db"), name.clone(), "start".into(), "tools".into()]);
    assert!(sandbox.home().join(name).exists());
    let path = OsString::from_vec(b"caf\xe9.toml".to_vec());
    std::fs::write(sandbox.home().join(&path), shelf::TOOLS).unwrap();
    assert_eq!(sandbox.code([OsString::from("check"), path]), 0);
    let reference = OsString::from_vec(b"caf\xe9".to_vec());
    assert_eq!(sandbox.code([OsString::from("show"), reference]), 2);
}
