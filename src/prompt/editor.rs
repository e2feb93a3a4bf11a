//! The editor that somebody writes a text with.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use dialoguer::console::Term;
use milepost_path::safe;

use super::keys::Settings;
use super::signals::Signals;
use crate::error::{Code, Error, Result, reason};

/// Where nothing is set.
const DEFAULT: &str = if cfg!(windows) { "notepad.exe" } else { "vi" };

/// The program and its arguments: the first of VISUAL and EDITOR that says something.
pub(super) fn chosen(env: impl Fn(&str) -> Option<OsString>) -> Vec<String> {
    let said = ["VISUAL", "EDITOR"].iter().filter_map(|name| env(name)?.into_string().ok());
    let mut said = said.chain([DEFAULT.to_owned()]).filter(|said| !said.trim().is_empty());
    let words = |said: String| shell_words::split(&said).unwrap_or_else(|_| vec![said]);
    said.find_map(|said| {
        Some(words(said)).filter(|words| words.iter().any(|word| !word.is_empty()))
    })
    .unwrap_or_default()
}

/// Opens a file in the editor, and waits until it is closed.
pub(super) fn open(words: &[String], file: &Path, signals: &Signals) -> Result<()> {
    let name = safe::short(&words.join(" "), 80);
    let not_run = |error: io::Error| {
        Error::new(
            Code::NoProgram,
            format!("the editor `{name}` could not be started: {}", reason(&error)),
        )
        .hint("set VISUAL or EDITOR, or give the text on the command line")
    };
    let (program, args) =
        words.split_first().ok_or_else(|| not_run(io::ErrorKind::NotFound.into()))?;
    // An editor that is killed does not restore what it changed.
    let _settings = Settings::kept();
    // Ctrl-C at the editor is for the editor.
    let watch = signals.watch();
    let mut child =
        Command::new(program).args(args).arg(file).stdout(terminal()).spawn().map_err(not_run)?;
    let status = watch.wait_for(&mut child).map_err(not_run)?;
    if !status.success() {
        let _ = Term::stderr().show_cursor();
    }
    if watch.is_ended() || (watch.is_stopped() && !status.success()) {
        return Err(Error::cancelled());
    }
    if !status.success() {
        let message = format!("the editor `{name}` ended with an error ({status})");
        return Err(Error::new(Code::NoProgram, format!("{message}, so nothing was recorded")));
    }
    Ok(())
}

/// Where the editor draws: the answer of the program can go into a file.
#[cfg(unix)]
fn terminal() -> Stdio {
    use std::os::fd::AsFd;
    io::stderr().as_fd().try_clone_to_owned().map_or_else(|_| Stdio::inherit(), Stdio::from)
}

#[cfg(not(unix))]
fn terminal() -> Stdio {
    Stdio::inherit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(visual: Option<&str>, editor: Option<&str>) -> Vec<String> {
        chosen(|name| match name {
            "VISUAL" => visual.map(Into::into),
            "EDITOR" => editor.map(Into::into),
            _ => None,
        })
    }

    #[test]
    fn the_first_that_says_something_is_used() {
        assert_eq!(of(Some("emacs"), Some("nano")), ["emacs"]);
        assert_eq!(of(None, Some("nano")), ["nano"]);
        for nothing in ["", " ", "\t\n", "''", "\"\" ''"] {
            assert_eq!(of(Some(nothing), Some("nano")), ["nano"], "{nothing:?}");
            assert_eq!(of(Some(nothing), Some(nothing)), [DEFAULT], "{nothing:?}");
        }
        assert_eq!(of(None, None), [DEFAULT]);
        assert_eq!(of(None, Some("code --wait")), ["code", "--wait"]);
        assert_eq!(
            of(None, Some("'/my editors/vi' -c 'set tw=72'")),
            ["/my editors/vi", "-c", "set tw=72"]
        );
        assert_eq!(of(None, Some("it's")), ["it's"]);
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_name_no_editor() {
        use std::os::unix::ffi::OsStringExt;
        let words = chosen(|name| match name {
            "VISUAL" => Some(OsString::from_vec(vec![0xff])),
            _ => Some("nano".into()),
        });
        assert_eq!(words, ["nano"]);
    }
}
