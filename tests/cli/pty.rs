//! A program at a terminal of its own: keys and signals reach it, and what is on the screen is seen.

#![allow(dead_code, unreachable_pub, clippy::panic, reason = "each test binary uses a part of it")]

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// Nothing takes nearly so long, unless it never comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command at a terminal of its own.
pub struct Terminal {
    keyboard: File,
    /// The side that the command is on; open, so that its settings can be looked at afterwards.
    pub line: File,
    screen: vt100::Parser,
    pub child: Child,
    pub said: Vec<u8>,
}

impl Terminal {
    /// Runs a command at one of this size.
    pub fn run(command: &mut Command, (rows, columns): (u16, u16)) -> Self {
        let keyboard: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let name = ptsname(&keyboard, Vec::new()).unwrap().into_string().unwrap();
        let line = File::options().read(true).write(true).open(name).unwrap();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&keyboard, size).unwrap();
        let end = || line.try_clone().unwrap();
        let child = command
            .env_remove("COLUMNS")
            .env("TERM", "xterm")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .unwrap();
        let screen = vt100::Parser::new(positive(rows), positive(columns), 1000);
        Self { keyboard: keyboard.into(), line, screen, child, said: Vec::new() }
    }

    /// Reads what the command draws; whether there was something within some milliseconds.
    pub fn read(&mut self, milliseconds: i64) -> bool {
        let timeout = rustix::event::Timespec {
            tv_sec: milliseconds / 1000,
            tv_nsec: milliseconds % 1000 * 1_000_000,
        };
        let mut ready = [PollFd::new(&self.keyboard, PollFlags::IN)];
        if poll(&mut ready, Some(&timeout)).unwrap() == 0 {
            return false;
        }
        let mut bytes = [0; 4096];
        let read = self.keyboard.read(&mut bytes).unwrap_or(0);
        self.screen.process(&bytes[..read]);
        self.said.extend(&bytes[..read]);
        read > 0
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) -> String {
        let begun = Instant::now();
        while !self.screen.screen().contents().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "no `{text}` in:\n{}", self.contents());
            self.read(100);
        }
        self.contents()
    }

    pub fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until keys are taken one by one.
    pub fn is_asked(&mut self) {
        let begun = Instant::now();
        while tcgetattr(&self.line).unwrap().local_modes.contains(LocalModes::ICANON) {
            assert!(begun.elapsed() < PATIENCE, "nothing is asked:\n{}", self.contents());
            self.read(20);
        }
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Another size, of which nobody is told.
    pub fn set_size(&self, rows: u16, columns: u16) {
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&self.keyboard, size).unwrap();
    }

    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.screen.screen_mut().set_size(positive(rows), positive(columns));
        self.set_size(rows, columns);
        // Nobody's controlling terminal tells nobody.
        self.signal(Signal::WINCH);
    }

    /// Waits for the end: the exit code, and the screen as it is left. The terminal is as before.
    pub fn ends(mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{}", self.contents());
            self.read(20);
        };
        while self.read(0) {}
        assert!(!self.screen.screen().hide_cursor(), "no cursor after:\n{}", self.contents());
        let modes = tcgetattr(&self.line).unwrap().local_modes;
        for mode in [LocalModes::ICANON, LocalModes::ECHO, LocalModes::ISIG] {
            assert!(modes.contains(mode), "{modes:?}");
        }
        assert_eq!(status.signal(), None);
        (status.code(), self.contents())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn positive(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap_or(NonZero::<u16>::MIN)
}
