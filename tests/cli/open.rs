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
