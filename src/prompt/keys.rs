//! What the person presses, key by key, and the signals that end a question.
//!
//! Between two keys a program usually waits in a terminal that echoes and turns Ctrl-C into a signal.
//! Here the terminal stays raw for the whole question, and the wait is for a key or a signal, so
//! that none of both is missed.

use std::io;

use dialoguer::console::{Key, Term};

pub(super) use settings::Settings;

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
    _raw: Settings,
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
        Ok(Self { _raw: Settings::raw()?, watch, term })
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
mod settings {
    use std::io;
    use std::panic;
    use std::sync::Once;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The terminal is as it was when this is dropped.
    pub(in super::super) struct Settings(Termios);

    impl Settings {
        /// As they are now.
        pub(in super::super) fn kept() -> io::Result<Self> {
            Ok(Self(tcgetattr(io::stdin())?))
        }

        /// Until then keys come one by one, unseen, and none is a signal.
        pub(in super::super) fn raw() -> io::Result<Self> {
            let kept = Self::kept()?;
            kept.restore_on_panic();
            let mut raw = kept.0.clone();
            raw.make_raw();
            // A line still ends at the left.
            raw.output_modes = kept.0.output_modes;
            tcsetattr(io::stdin(), OptionalActions::Drain, &raw)?;
            Ok(kept)
        }
    }

    impl Settings {
        /// A panic aborts the program and drops nothing.
        fn restore_on_panic(&self) {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| {
                let kept = Self(self.0.clone());
                let tell = panic::take_hook();
                panic::set_hook(Box::new(move |what| {
                    kept.restore();
                    tell(what);
                }));
            });
        }

        fn restore(&self) {
            // A terminal that is gone needs nothing.
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.0);
        }
    }

    impl Drop for Settings {
        fn drop(&mut self) {
            self.restore();
        }
    }
}

#[cfg(not(unix))]
mod settings {
    use std::io;

    /// Nothing: each key that is read sees to that itself.
    pub(in super::super) struct Settings;

    impl Settings {
        pub(in super::super) fn kept() -> io::Result<Self> {
            Ok(Self)
        }

        pub(in super::super) fn raw() -> io::Result<Self> {
            Ok(Self)
        }
    }
}
