//! A whole command line on a record: an answer or a sentence, never a panic, nothing raw.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use milepost::Io;

/// The commands that touch nothing but the record.
const COMMANDS: &[&str] = &[
    "assess",
    "compare",
    "doing",
    "done",
    "interview",
    "list",
    "log",
    "next",
    "note",
    "paths",
    "redo",
    "roles",
    "search",
    "show",
    "skip",
    "start",
    "status",
    "stop",
    "todo",
    "undo",
];

/// A record with something in it, to begin each run with.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("progress.db");
    for line in
        ["start foundations ai-integration", "done foundations/git", "doing rest-principles"]
    {
        let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let (_, _, stderr) = milepost(&db, &args);
        assert!(!stderr.contains("error:"), "{stderr}");
    }
    std::fs::read(db).expect("a record")
});

/// Runs the command on the first line, whatever it most looks like, with the others as arguments.
pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default();
    let any = first.bytes().map(usize::from).sum::<usize>() % COMMANDS.len();
    let command = COMMANDS.iter().find(|known| **known == first).unwrap_or(&COMMANDS[any]);
    let mut args = vec![OsString::from(command)];
    // No other record, no other file to read, and nothing that no command line can hold.
    let allowed = |arg: &&str| {
        let names_a_file = ["--d", "--an", "--f"].iter().any(|start| arg.starts_with(start));
        (!names_a_file || arg.starts_with("--free")) && !arg.contains('\0')
    };
    args.extend(lines.filter(allowed).take(20).map(OsString::from));
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a folder");
    }
    let db: PathBuf = FOLDER.with(|folder| folder.path().join("progress.db"));
    std::fs::write(&db, &*RECORD).expect("a record");
    let (code, stdout, stderr) = milepost(&db, &args);
    super::assert_shown_safely(&stdout);
    super::assert_shown_safely(&stderr);
    let failed = stderr.contains("error:") || stderr.starts_with(r#"{"schema":1,"error":"#);
    assert_eq!(code == 0, !failed, "{code:?} {stderr}");
    let json = args.iter().any(|arg| arg == "--json") && !args.iter().any(|arg| arg == "--");
    let help = ["-h", "--help", "-V", "--version"]
        .map(|one| stdout.contains("Usage:") || args.iter().any(|arg| arg == one));
    if json && !failed && !help.contains(&true) {
        let value: Result<serde_json::Value, _> = serde_json::from_str(&stdout);
        assert!(value.is_ok_and(|value| value["schema"] == 1), "{stdout}");
    }
    let left = FOLDER.with(|folder| std::fs::read_dir(folder.path()).expect("a folder").count());
    assert_eq!(left, 1, "the record is the only file");
}

/// Runs the program in this process; gives its exit code, stdout and stderr.
fn milepost(db: &Path, args: &[OsString]) -> (u8, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let folder = db.with_file_name("nothing");
    let env = |name: &str| match name {
        "MILEPOST_DB" => Some(db.as_os_str().to_owned()),
        "MILEPOST_CONFIG" | "MILEPOST_PATHS" => Some(folder.as_os_str().to_owned()),
        "MILEPOST_NOW" => Some("2026-11-20T09:30:00+01:00".into()),
        _ => None,
    };
    let code = {
        let mut io = Io {
            stdout: Box::new(&mut stdout),
            stderr: Box::new(&mut stderr),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            prompt: None,
            database: None,
            env: Box::new(env),
        };
        let name = OsString::from("milepost");
        milepost::run(std::iter::once(name).chain(args.iter().cloned()), &mut io).exit()
    };
    let text = |bytes| String::from_utf8(bytes).expect("what is shown is text");
    (code, text(stdout), text(stderr))
}
