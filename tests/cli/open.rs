//! `open`, which here never opens anything.

use crate::shelf;

#[test]
fn the_address_of_a_resource_or_of_what_teaches_a_skill() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "open shell-book --print
         open scripts --print
         done shell-book
         open scripts --print
         open api-videos --print
         open alerts --print
         open service --print
         open apis --print
         open web --print
         open nope --print
         open",
    ), @"
    $ open shell-book --print
    https://example.org/shell
    $ open scripts --print
    https://example.org/shell
    $ done shell-book
    [x] The Shell Book  tools/shell-book
    Studied: can you do this?
    ? Pipes  milepost done tools/pipes
    still to study for Scripts: Shell in Depth
    $ open scripts --print
    https://example.org/course
    $ open api-videos --print
    --- stderr ---
    error: `web/api-videos` has no page
    hint: `milepost show web/api-videos` shows what it has
    [exit 1]
    $ open alerts --print
    https://example.org/ops
    $ open service --print
    --- stderr ---
    error: `web/service` has no page
    hint: `milepost show web/service` shows what it has
    [exit 1]
    $ open apis --print
    --- stderr ---
    error: `web/apis` has no page
    hint: `milepost show web/apis` shows what it has
    [exit 1]
    $ open web --print
    --- stderr ---
    error: `web` has no page
    hint: `milepost show web` shows what it has
    [exit 1]
    $ open nope --print
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ open
    --- stderr ---
    error: `milepost open` needs REF
      REF: A resource, skill, topic or milestone
    hint: for example `milepost open fastapi-docs`
    hint: `milepost open --help` explains the rest
    [exit 2]
    ");
}

/// What the library says of it is written for developers: a debug value of the status.
#[cfg(target_os = "linux")]
#[test]
fn a_browser_that_fails_is_told_in_words() {
    use std::os::unix::fs::PermissionsExt as _;

    let mut sandbox = shelf::following();
    let launcher = sandbox.write("bin/xdg-open", "#!/bin/sh\nexit 3\n");
    std::fs::set_permissions(&launcher, std::fs::Permissions::from_mode(0o755)).unwrap();
    let folder = launcher.parent().unwrap().to_owned();
    for other in ["gio", "gnome-open", "kde-open", "wslview"] {
        std::fs::copy(&launcher, folder.join(other)).unwrap();
    }
    sandbox.set("PATH", folder.to_str().unwrap());
    insta::assert_snapshot!(sandbox.run(["open", "http-guide"]), @"
    --- stderr ---
    error: could not start a browser
    hint: `milepost open tools/http-guide --print` prints the address
    [exit 1]
    ");
}
