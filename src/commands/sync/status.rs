//! `milepost sync --status`

use milepost_core::report::sync::status::{self, Query, Report};
use milepost_path::safe;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::sync::{place, unsynced};

pub(super) fn run(remote: Option<&str>, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { remote: remote.map(str::to_owned) };
    let answer = status::report(&query, &context.app)?;
    out.tell_answer(&answer, text)?;
    if answer.report.remotes.is_empty() {
        out.say(
            "`milepost sync init REMOTE` begins a log; `milepost sync join REMOTE` adds this machine to a \
             log that another one began",
        );
    }
    Ok(())
}

fn text(report: &Report, screen: &Screen) -> String {
    let columns = screen.sentence_width();
    let paint = screen.paint;
    if report.remotes.is_empty() {
        let none = "this record is not synced with anything yet";
        return width::wrap_indented("", "  ", none, columns);
    }
    let mut text = String::new();
    for one in &report.remotes {
        let name = paint.bold(&safe::short(&one.name, 60));
        let at = format!("{name} ({})", place(&one.url));
        text.push_str(&width::wrap_indented("", "  ", &at, columns));
        let waiting = match one.waiting {
            0 => "everything here is sent".to_owned(),
            waiting => unsynced(waiting),
        };
        let synced = match one.synced_at {
            Some(at) => format!("last synced on {}", at.format("%Y-%m-%d at %H:%M UTC")),
            None => "never synced".to_owned(),
        };
        let line = format!("{waiting}; {synced}");
        text.push_str(&width::wrap_indented("  ", "    ", &line, columns));
    }
    text
}
