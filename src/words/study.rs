//! Why no time is recorded.

use chrono::NaiveDate;
use milepost_core::report::study::Refusal;
use milepost_path::Ref;

use crate::error::{Code, Error};
use crate::text::quantity;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongKind(node) => {
                let (name, kind) = (&node.reference, node.kind);
                let message = format!("`{name}` is a {kind}; time is recorded on items and topics");
                Self::new(Code::WrongKind, message)
                    .hint(format!("name a part of it: `milepost show {name}` lists them"))
            }
            Refusal::NoTime(node) => {
                let name = &node.reference;
                let message = format!("how long did you study `{name}`?");
                Self::new(Code::NoTerminal, message)
                    .hint(format!("for example `milepost study {name} 45m`"))
            }
            Refusal::NotYet { from, now } => {
                let (from, now) = (clock(from), clock(now));
                Self::usage(format!("{from} has not come yet (it is {now})"))
                    .hint("for yesterday evening, add `--on yesterday` and the TIME")
            }
            Refusal::NotToday { reference, on, from } => {
                Self::usage("without TIME, --from works only for today")
                    .hint(say_how_long(&reference, on, from))
            }
            Refusal::JustNow { reference, on, from } => {
                let shown = clock(from);
                Self::usage(format!("it is {shown} now, so no time has passed"))
                    .hint(say_how_long(&reference, on, from))
            }
            Refusal::DayIsFull { on, minutes } => {
                let hours = quantity::hours(minutes as f64 / 60.0);
                let message =
                    format!("{on} has 24 hours, and you already recorded {hours} of them");
                Self::new(Code::Refused, message)
                    .hint("name another day with --on; `milepost log` shows what is recorded")
            }
        }
    }
}

fn say_how_long(reference: &Ref, on: NaiveDate, from: u32) -> String {
    let from = clock(from);
    format!("give the time: `milepost study {reference} 45m --on {on} --from {from}`")
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
