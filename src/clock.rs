//! The clock and the time zone: the one place that reads them.
//!
//! The zone files are read by tz-rs and not by chrono, which panics over some values of TZ
//! (chronotope/chrono#1480) and reads whatever file TZ names, even a device that never ends.

use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use milepost_core::Stamp;

use crate::config::Config;

/// When it is, the local time of day, and whether days can be counted in the zone that TZ names; else
/// they are UTC's.
pub(crate) fn read(config: &Config) -> (Stamp, NaiveTime, bool) {
    match config.now {
        Some(now) => {
            let known = config.zone.as_deref().is_none_or(zone::is_known);
            (stamp(now.to_utc(), now.date_naive()), now.time(), known)
        }
        None => {
            let now = system();
            let local = zone::local(config.zone.as_deref(), now);
            let known = local.is_some();
            let local = local.unwrap_or(now.naive_utc());
            (stamp(now, local.date()), local.time(), known)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn system() -> DateTime<Utc> {
    instant(SystemTime::now())
}

/// What a clock says, within the years that a date can be written with: a clock outside of them is
/// wrong, and the nearest day is as good as any.
fn instant(clock: SystemTime) -> DateTime<Utc> {
    let millis = match clock.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(error) => i64::try_from(error.duration().as_millis()).map_or(i64::MIN, |n| -n),
    };
    let (earliest, latest) = bounds();
    let millis = millis.clamp(earliest.timestamp_millis(), latest.timestamp_millis());
    DateTime::from_timestamp_millis(millis).unwrap_or(earliest)
}

fn stamp(now: DateTime<Utc>, today: NaiveDate) -> Stamp {
    let (earliest, latest) = bounds();
    Stamp {
        now: now.clamp(earliest, latest),
        today: today.clamp(earliest.date_naive(), latest.date_naive()),
    }
}

/// The first and the last moment of the years 0 to 9999.
fn bounds() -> (DateTime<Utc>, DateTime<Utc>) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let first = day(0, 1, 1).and_time(NaiveTime::MIN).and_utc();
    let after = day(10_000, 1, 1).and_time(NaiveTime::MIN).and_utc();
    (first, after - TimeDelta::milliseconds(1))
}

#[cfg(unix)]
mod zone {
    use std::error::Error;
    use std::fs::{File, metadata};
    use std::io::Read;

    use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
    use tz::{TimeZone, TimeZoneSettings};

    /// The largest zone file, in bytes: real ones have a few KiB.
    const LARGEST: u64 = 1024 * 1024;

    const SETTINGS: TimeZoneSettings<'static> =
        TimeZoneSettings::new(TimeZoneSettings::DEFAULT_DIRECTORIES, contents);

    /// The local day and time, by TZ where it is set, else by the system's zone, else by UTC.
    pub(super) fn local(zone: Option<&str>, now: DateTime<Utc>) -> Option<NaiveDateTime> {
        let seconds = match zone {
            Some(zone) => offset(&named(zone)?, now)?,
            None => SETTINGS.parse_local().ok().and_then(|zone| offset(&zone, now)).unwrap_or(0),
        };
        let local = now.checked_add_signed(TimeDelta::seconds(seconds.into()))?;
        Some(local.naive_utc())
    }

    /// Whether TZ names a zone here.
    pub(super) fn is_known(zone: &str) -> bool {
        named(zone).is_some()
    }

    /// The zone that a value of TZ means: a file, or a rule. The empty value means UTC.
    pub(super) fn named(zone: &str) -> Option<TimeZone> {
        match zone {
            "" | "UTC" => Some(TimeZone::utc()),
            _ => SETTINGS.parse_posix_tz(zone).ok(),
        }
    }

    /// Seconds from UTC to local time.
    fn offset(zone: &TimeZone, now: DateTime<Utc>) -> Option<i32> {
        if let Ok(found) = zone.find_local_time_type(now.timestamp()) {
            return Some(found.ut_offset());
        }
        // The file has no rule for what comes after its last change: then that one holds.
        let zone = zone.as_ref();
        let last = zone.transitions().last()?;
        zone.local_time_types().get(last.local_time_type_index()).map(|found| found.ut_offset())
    }

    /// What a zone file holds. TZ can name any file, even one that never ends.
    fn contents(path: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        // Looked at before it is opened: to open a pipe can wait for ever.
        let found = metadata(path)?;
        if !found.is_file() || found.len() > LARGEST {
            return Err("not a zone file".into());
        }
        let mut contents = Vec::new();
        File::open(path)?.take(LARGEST).read_to_end(&mut contents)?;
        Ok(contents)
    }
}

#[cfg(not(unix))]
mod zone {
    use chrono::{DateTime, Local, NaiveDateTime, Utc};

    /// The local day and time, by the system's zone.
    pub(super) fn local(_: Option<&str>, now: DateTime<Utc>) -> Option<NaiveDateTime> {
        Some(now.with_timezone(&Local).naive_local())
    }

    /// TZ means nothing here.
    pub(super) fn is_known(_: &str) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_is_wrong_is_survived() {
        let at = |seconds: i64| {
            let far = Duration::from_secs(seconds.unsigned_abs());
            let clock = if seconds < 0 {
                SystemTime::UNIX_EPOCH.checked_sub(far)
            } else {
                SystemTime::UNIX_EPOCH.checked_add(far)
            };
            instant(clock.unwrap()).to_string()
        };
        assert_eq!(at(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(at(1_795_000_000), "2026-11-18 11:06:40 UTC");
        assert_eq!(at(-1), "1969-12-31 23:59:59 UTC");
        // Before the year 0; after 9999, which five digits would be needed for; after 262142, where
        // chrono ends; and the ends of what the system can say.
        assert_eq!(at(-70_000_000_000), "0000-01-01 00:00:00 UTC");
        assert_eq!(at(-9_000_000_000_000_000), "0000-01-01 00:00:00 UTC");
        for seconds in [253_402_300_800, 9_000_000_000_000, i64::MAX] {
            assert_eq!(at(seconds), "9999-12-31 23:59:59.999 UTC");
        }
    }

    #[test]
    fn the_day_beside_the_last_moment_has_four_digits_too() {
        let (earliest, latest) = bounds();
        let (before, after) =
            (earliest.date_naive().pred_opt().unwrap(), latest.date_naive().succ_opt().unwrap());
        assert_eq!(stamp(earliest, before).today.to_string(), "0000-01-01");
        assert_eq!(stamp(latest, after).today.to_string(), "9999-12-31");
    }

    #[cfg(unix)]
    #[test]
    fn day_and_time_are_those_of_the_zone() {
        let evening: DateTime<Utc> = "2026-07-01T22:30:00Z".parse().unwrap();
        let winter: DateTime<Utc> = "2026-12-31T22:30:00Z".parse().unwrap();
        for (zone, at, local) in [
            ("", evening, "2026-07-01 22:30:00"),
            ("UTC", evening, "2026-07-01 22:30:00"),
            ("UTC0", evening, "2026-07-01 22:30:00"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", evening, "2026-07-02 00:30:00"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", winter, "2026-12-31 23:30:00"),
            ("<+14>-14", winter, "2027-01-01 12:30:00"),
            ("<-12>12", evening, "2026-07-01 10:30:00"),
        ] {
            assert_eq!(zone::local(Some(zone), at).unwrap().to_string(), local, "{zone} {at}");
        }
        if std::path::Path::new("/usr/share/zoneinfo/Europe/Berlin").is_file() {
            for zone in ["Europe/Berlin", ":Europe/Berlin"] {
                assert_eq!(
                    zone::local(Some(zone), evening).unwrap().date().to_string(),
                    "2026-07-02"
                );
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_zone_is_not_known_and_makes_no_panic() {
        for zone in [
            "/dev/zero",
            ":/dev/zero",
            "../../../dev/zero",
            "/dev/null",
            "/",
            ":",
            "/etc",
            "Europe/Nowhere",
            "Europe",
            "pBB24",
            "pBB99999999999",
            "A0B",
            "EST5EDT,0/0,J365/25",
            "<",
            "<+03>",
            "\u{1f600}5",
            "M3.5.0",
            "X99X99,M1.1.1,M1.1.1",
            " ",
            "0",
            "\n",
        ] {
            let known = zone::is_known(zone);
            let day = zone::local(Some(zone), "2026-07-01T22:30:00Z".parse().unwrap());
            assert!(known || day.is_none(), "{zone}");
        }
        assert!(!zone::is_known("/dev/zero") && !zone::is_known("pBB99999999999"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zone");
        let path = file.to_str().unwrap();
        for contents in [&b""[..], b"TZif", b"TZif2", &[0; 4096], &[0xff; 4096]] {
            std::fs::write(&file, contents).unwrap();
            assert!(!zone::is_known(path));
        }
    }
}
