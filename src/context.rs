//! What a command works with: the configuration, and the app that it asks for its report.

use milepost_core::report::App;
use milepost_core::store::Stamp;

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
}

impl Context {
    /// Reads the clock, the only place that does.
    pub fn new(config: Config) -> Self {
        let (stamp, time, zone_is_known) = clock::read(&config);
        let app = App::new(config.places.clone(), stamp, time);
        Self { config, app, zone_is_known }
    }

    /// When it is by now: a command that talks with somebody records each answer at its own time.
    pub fn stamp_now(&self) -> Stamp {
        clock::read(&self.config).0
    }
}
