//! Signals while a question is open or the editor runs: they end the question, not the program, so
//! that the terminal is restored and somebody is told. At all other times they do what they always
//! do.

#[cfg(unix)]
pub(super) use unix::{Signals, Watch};

#[cfg(not(unix))]
pub(super) use other::{Signals, Watch};

#[cfg(unix)]
mod unix {
    use std::io::{self, Read};
    use std::os::unix::net::UnixStream;
    use std::process::{Child, ExitStatus};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use milepost_core::interrupt;
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Pid, Signal, kill_process};
    use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    use signal_hook::{flag, low_level};

    /// The handlers, which stay for the rest of the program.
    #[derive(Debug)]
    pub(in super::super) struct Signals {
        /// Nobody is asked anything: a signal ends the program.
        idle: Arc<AtomicBool>,
        /// One came that ends the question.
        stopped: Arc<AtomicBool>,
        /// One came that asks the program to end, not only what it is doing.
        ended: Arc<AtomicBool>,
        /// Each signal writes a byte at the other end.
        woken: UnixStream,
    }

    impl Signals {
        pub(in super::super) fn new() -> io::Result<Self> {
            let flag = || Arc::new(AtomicBool::new(false));
            let (idle, stopped, ended) = (interrupt::at_once(), flag(), flag());
            let (woken, wake) = UnixStream::pair()?;
            woken.set_nonblocking(true)?;
            for signal in [SIGINT, SIGTERM, SIGHUP] {
                flag::register_conditional_default(signal, Arc::clone(&idle))?;
                flag::register(signal, Arc::clone(&stopped))?;
            }
            for signal in [SIGTERM, SIGHUP] {
                flag::register(signal, Arc::clone(&ended))?;
            }
            for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCHLD] {
                low_level::pipe::register(signal, wake.try_clone()?)?;
            }
            Ok(Self { idle, stopped, ended, woken })
        }

        /// From now until the end of what this gives.
        pub(in super::super) fn watch(&self) -> Watch<'_> {
            self.stopped.store(false, Ordering::SeqCst);
            self.ended.store(false, Ordering::SeqCst);
            self.idle.store(false, Ordering::SeqCst);
            Watch(self)
        }
    }

    /// A time in which signals do not end the program.
    #[derive(Debug)]
    pub(in super::super) struct Watch<'s>(&'s Signals);

    impl Watch<'_> {
        /// Whether one came that ends the question.
        pub(in super::super) fn is_stopped(&self) -> bool {
            self.0.stopped.load(Ordering::SeqCst)
        }

        /// Whether one came that asks the program to end.
        pub(in super::super) fn is_ended(&self) -> bool {
            self.0.ended.load(Ordering::SeqCst)
        }

        /// Waits for a key or a signal; whether there is a key.
        pub(in super::super) fn wait_for_key(&self) -> io::Result<bool> {
            let stdin = io::stdin();
            let mut both =
                [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.0.woken, PollFlags::IN)];
            rustix::io::retry_on_intr(|| poll(&mut both, None))?;
            let [key, woken] = both.map(|fd| fd.revents());
            if woken.is_empty() {
                return Ok(true);
            }
            self.drain();
            Ok(!key.is_empty())
        }

        /// Waits for the end of a program; one that ends this program ends that one, too.
        pub(in super::super) fn wait_for(&self, child: &mut Child) -> io::Result<ExitStatus> {
            let mut told = false;
            loop {
                if let Some(status) = child.try_wait()? {
                    return Ok(status);
                }
                if self.is_ended()
                    && !told
                    && let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
                {
                    // What ended in this moment needs no signal.
                    let _ = kill_process(pid, Signal::TERM);
                    told = true;
                }
                let mut woken = [PollFd::new(&self.0.woken, PollFlags::IN)];
                rustix::io::retry_on_intr(|| poll(&mut woken, None))?;
                self.drain();
            }
        }

        fn drain(&self) {
            let mut bytes = [0; 64];
            while (&self.0.woken).read(&mut bytes).is_ok_and(|read| read == bytes.len()) {}
        }
    }

    impl Drop for Watch<'_> {
        fn drop(&mut self) {
            self.0.idle.store(true, Ordering::SeqCst);
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;
    use std::process::{Child, ExitStatus};

    /// Nothing, where there are no signals.
    #[derive(Debug)]
    pub(in super::super) struct Signals;

    impl Signals {
        pub(in super::super) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        pub(in super::super) fn watch(&self) -> Watch<'_> {
            Watch(self)
        }
    }

    /// Nothing, where there are no signals.
    #[derive(Debug)]
    pub(in super::super) struct Watch<'s>(&'s Signals);

    impl Watch<'_> {
        pub(in super::super) fn is_stopped(&self) -> bool {
            false
        }

        pub(in super::super) fn is_ended(&self) -> bool {
            false
        }

        pub(in super::super) fn wait_for_key(&self) -> io::Result<bool> {
            Ok(true)
        }

        pub(in super::super) fn wait_for(&self, child: &mut Child) -> io::Result<ExitStatus> {
            child.wait()
        }
    }
}
