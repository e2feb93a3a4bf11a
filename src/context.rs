//! What a command works with: the configuration, and the app that it asks for its report.

use std::ffi::OsString;

use milepost_core::sync::database::OpenDatabase;
use milepost_core::{App, Stamp};

use crate::clock;
use crate::config::Config;

/// What a command works with.
pub struct Context {
    /// The configuration.
    pub config: Config,
    /// What reports are made of.
    pub app: App,
    /// Whether days can be counted in the zone that TZ says; else they are those of UTC.
    pub zone_is_known: bool,
    /// What speaks to databases, where this program does.
    pub database: Option<OpenDatabase>,
    /// The arguments of the command line, for another program that goes on with it. Nothing where there is
    /// no command line.
    pub line: Vec<OsString>,
}

impl Context {
    /// Reads the clock, the only place that does.
    pub fn new(config: Config) -> Self {
        let (stamp, time, zone_is_known) = clock::read(&config);
        let app = App::new(config.places.clone(), stamp, time);
        Self { config, app, zone_is_known, database: None, line: Vec::new() }
    }

    /// When it is by now: a command that talks with somebody records each answer at its own time.
    pub(crate) fn stamp_now(&self) -> Stamp {
        clock::read(&self.config).0
    }
}
