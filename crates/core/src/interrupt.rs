//! Signals that end a program, while something must be done before it ends.
//!
//! A handler that was installed stays, so all that install some share one switch: whether a
//! signal ends the program at once, as it does without them.

#[cfg(unix)]
pub(crate) use unix::Hold;
#[cfg(unix)]
pub use unix::at_once;

#[cfg(not(unix))]
pub(crate) use other::Hold;

#[cfg(unix)]
mod unix {
    use std::ffi::c_int;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    static AT_ONCE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

    /// The signal that came.
    static CAME: LazyLock<Arc<AtomicUsize>> = LazyLock::new(|| {
        let came = Arc::new(AtomicUsize::new(0));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            if !is_ignored(signal) {
                // Where none can be installed, the signal ends the program as ever.
                let _ = flag::register_conditional_default(signal, at_once()).and_then(|_| {
                    let number = usize::try_from(signal).unwrap_or_default();
                    flag::register_usize(signal, Arc::clone(&came), number)
                });
            }
        }
        came
    });

    /// How many hold the end back.
    static HELD: AtomicUsize = AtomicUsize::new(0);

    /// Whether a signal ends the program at once.
    pub fn at_once() -> Arc<AtomicBool> {
        Arc::clone(&AT_ONCE)
    }

    /// A time in which a signal does not end the program. It ends it afterwards.
    #[derive(Debug)]
    pub(crate) struct Hold;

    impl Hold {
        pub(crate) fn begin() -> Self {
            LazyLock::force(&CAME);
            HELD.fetch_add(1, Ordering::SeqCst);
            AT_ONCE.store(false, Ordering::SeqCst);
            Self
        }

        /// Whether one came.
        pub(crate) fn is_over(&self) -> bool {
            CAME.load(Ordering::SeqCst) != 0
        }
    }

    impl Drop for Hold {
        fn drop(&mut self) {
            if HELD.fetch_sub(1, Ordering::SeqCst) == 1 {
                AT_ONCE.store(true, Ordering::SeqCst);
                // From here on the next one ends the program itself.
                if let Some(signal) =
                    c_int::try_from(CAME.swap(0, Ordering::SeqCst)).ok().filter(|it| *it != 0)
                {
                    let _ = low_level::emulate_default_handler(signal);
                }
            }
        }
    }

    /// Whether a signal means nothing to this program, and so must mean nothing to what it starts: `nohup`.
    #[cfg(target_os = "linux")]
    fn is_ignored(signal: c_int) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        // Where it cannot be known, it is left as it is.
        mask.is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
    }

    /// Elsewhere it cannot be known. What a terminal sends comes to all that was started from it.
    #[cfg(not(target_os = "linux"))]
    fn is_ignored(signal: c_int) -> bool {
        signal != SIGTERM
    }
}

#[cfg(not(unix))]
mod other {
    /// Nothing, where there are no signals.
    #[derive(Debug)]
    pub(crate) struct Hold;

    impl Hold {
        pub(crate) fn begin() -> Self {
            Self
        }

        pub(crate) fn is_over(&self) -> bool {
            false
        }
    }
}
