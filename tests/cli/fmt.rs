//! `fmt`.

use crate::sandbox::Sandbox;
use crate::shelf;

const ODD: &str = "title='Odd'\nid=\"odd\"\nformat=1 # one\n";
const EVEN: &str = "format = 1  # one\nid = \"odd\"\ntitle = 'Odd'\n";

#[test]
fn files_get_the_one_form() {
    let sandbox = Sandbox::new();
    let odd = sandbox.write("drafts/odd.toml", ODD);
    let tools = sandbox.write("drafts/tools.toml", shelf::TOOLS);
    insta::assert_snapshot!(sandbox.play(
        "fmt --check drafts
         fmt drafts
         fmt --check drafts
         fmt drafts/odd.toml --json",
    ), @r#"
    $ fmt --check drafts
    not formatted: drafts/odd.toml
    2 files: 1 not formatted, 1 unchanged
    [exit 1]
    $ fmt drafts
    formatted drafts/odd.toml
    2 files: 1 formatted, 1 unchanged
    --- stderr ---
    only the layout changed; `milepost undo` does not restore the old one, but
      version control can
    $ fmt --check drafts
    2 files: 2 unchanged
    $ fmt drafts/odd.toml --json
    {"schema":1,"command":"fmt","files":[{"file":"drafts/odd.toml","form":"unchanged","text":null,"diagnostics":[]}]}
    "#);
    assert_eq!(std::fs::read_to_string(odd).unwrap(), EVEN);
    assert_eq!(std::fs::read_to_string(tools).unwrap(), shelf::TOOLS);
}

#[test]
fn what_is_no_toml_is_left_as_it_is() {
    let sandbox = Sandbox::new();
    let broken = "id = \"a\"\nid = \"b\"\ntitle = \"never closed\n";
    let file = sandbox.write("broken.toml", broken);
    sandbox.write("odd.toml", ODD);
    insta::assert_snapshot!(sandbox.play(
        "fmt broken.toml odd.toml
         fmt missing.toml
         fmt - odd.toml
         fmt",
    ), @r#"
    $ fmt broken.toml odd.toml
    broken.toml:2:1: error[duplicate-key]: `id` is set a second time
      |
    2 | id = "b"
      | ^^
      help: a table has each key only once; write a list of tables as `[[name]]`

    broken.toml:3:22: error[syntax]: a string is not closed on its line
      |
    3 | title = "never closed
      |                      ^
      help: close it with the quote that it begins with

    formatted odd.toml
    2 files: 1 formatted, 1 with errors
    --- stderr ---
    only the layout changed; `milepost undo` does not restore the old one, but
      version control can
    [exit 1]
    $ fmt missing.toml
    missing.toml:1:1: error[unreadable]: cannot be read: there is no such file or directory
      help: check the name, the permissions and the encoding of the file

    1 file: 1 with errors
    [exit 1]
    $ fmt - odd.toml
    --- stderr ---
    error: `-` cannot be formatted together with files
    [exit 2]
    $ fmt
    --- stderr ---
    error: `milepost fmt` needs FILE
      FILE: The files, folders with files, or `-` for standard input
    hint: for example `milepost fmt my-path.toml`
    hint: `milepost fmt --help` explains the rest
    [exit 2]
    "#);
    assert_eq!(std::fs::read_to_string(file).unwrap(), broken);
    assert_eq!(std::fs::read_to_string(sandbox.home().join("odd.toml")).unwrap(), EVEN);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let sandbox = Sandbox::new();
    let pipe = |text: &str, args: &[&str]| {
        let file = std::fs::File::open(sandbox.write("in", text)).unwrap();
        sandbox.command().args(args).stdin(file).output().unwrap()
    };
    let output = pipe(ODD, &["fmt", "-"]);
    assert_eq!((output.stdout.as_slice(), output.status.code()), (EVEN.as_bytes(), Some(0)));
    let output = pipe(EVEN, &["fmt", "-", "--check"]);
    assert_eq!(output.status.code(), Some(0));
    let output = pipe(ODD, &["fmt", "-", "--check"]);
    insta::assert_snapshot!(sandbox.said(&output), @"
    not formatted: -
    1 file: 1 not formatted
    [exit 1]
    ");
    let output = pipe("id = ", &["fmt", "-"]);
    assert!(output.stdout.is_empty());
    insta::assert_snapshot!(sandbox.said(&output), @"
    --- stderr ---
    -:1:6: error[syntax]: a value is missing here
      |
    1 | id =
      |     ^

    [exit 1]
    ");
}
