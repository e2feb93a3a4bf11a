//! What the person presses, key by key, and the signals that end a question.
//!
//! Between two keys a program usually waits in a terminal that echoes and turns Ctrl-C into a signal.
//! Here the terminal stays raw for the whole question, and the wait is for a key or a signal, so
//! that none of both is missed.

use std::io;

use dialoguer::console::{Key, Term};

use super::signals::{Signals, Watch};

/// The end of what is typed.
const CTRL_D: Key = Key::Char('\u{4}');

/// What happened at the terminal.
pub(super) enum Pressed {
    /// A key.
    Key(Key),
    /// The question is left: by Esc, Ctrl-C or Ctrl-D, by a signal, or since nobody is there.
    Leave,
    /// The screen might have another size.
    Resized,
}

/// The keyboard, as long as a question is open.
pub(super) struct Keys<'s> {
    // Restored before signals end the program again: fields are dropped in this order.
    _raw: raw::Raw,
    watch: Watch<'s>,
    term: Term,
}

impl<'s> Keys<'s> {
    pub(super) fn open(signals: &'s Signals) -> io::Result<Self> {
        let term = Term::stderr();
        if !term.is_term() {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "not a terminal"));
        }
        let watch = signals.watch();
        Ok(Self { _raw: raw::Raw::set()?, watch, term })
    }

    /// Waits for the next key or signal.
    pub(super) fn next(&mut self) -> io::Result<Pressed> {
        let key_is_there = self.watch.wait_for_key()?;
        if self.watch.is_stopped() {
            return Ok(Pressed::Leave);
        }
        if !key_is_there {
            return Ok(Pressed::Resized);
        }
        match self.term.read_key_raw() {
            Ok(Key::Escape | Key::CtrlC | CTRL_D) => Ok(Pressed::Leave),
            Ok(key) => Ok(Pressed::Key(key)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Pressed::Leave),
            Err(error) => Err(error),
        }
    }
}

#[cfg(unix)]
mod raw {
    use std::io;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// Keys come one by one, unseen, and none is a signal; as it was before when this is dropped.
    pub(super) struct Raw(Termios);

    impl Raw {
        pub(super) fn set() -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut raw = before.clone();
            raw.make_raw();
            // A line still ends at the left.
            raw.output_modes = before.output_modes;
            tcsetattr(io::stdin(), OptionalActions::Drain, &raw)?;
            Ok(Self(before))
        }
    }

    impl Drop for Raw {
        fn drop(&mut self) {
            // A terminal that is gone needs nothing.
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.0);
        }
    }
}

#[cfg(not(unix))]
mod raw {
    /// Each key that is read sees to that itself.
    pub(super) struct Raw;

    impl Raw {
        pub(super) fn set() -> std::io::Result<Self> {
            Ok(Self)
        }
    }
}
