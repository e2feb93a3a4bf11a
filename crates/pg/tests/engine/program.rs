//! The program as people meet it: `milepost-pg` in homes of its own, against the server of the tests.

mod kills;
mod passwords;
mod refusals;
mod room;
mod secrets;
mod session;

use std::fs;
use std::process::{Command, Output};

use crate::kit::database::Database;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

/// Two machines and the database that they share.
struct Machines<'a> {
    database: Database<'a>,
    laptop: Sandbox,
    desktop: Sandbox,
    /// Where they find it.
    url: String,
}

impl<'a> Machines<'a> {
    /// Both know the password; nothing is there yet.
    fn on(database: Database<'a>) -> Self {
        let url = database.url();
        Self::at(database, url)
    }

    fn at(database: Database<'a>, url: String) -> Self {
        let mut machines =
            Self { laptop: shelf::following(), desktop: shelf::home(), database, url };
        let password = machines.database.owner.password.clone();
        machines.laptop.set("PGPASSWORD", &password);
        machines.desktop.set("PGPASSWORD", &password);
        machines
    }

    /// The first has the log and its key.
    fn begun(database: Database<'a>) -> Self {
        let machines = Self::on(database);
        machines.laptop.ok(["sync", "init", &machines.url]);
        machines
    }

    /// Both have it.
    fn joined(database: Database<'a>) -> Self {
        let machines = Self::begun(database);
        let output = machines.join(&["--yes"]);
        assert!(output.status.success(), "{}", machines.desktop.said(&output));
        machines
    }

    fn key(&self) -> String {
        self.laptop.ok(["sync", "key", "--show", "--quiet"]).trim().to_owned()
    }

    /// The second machine joins; the key comes from standard input.
    fn join(&self, more: &[&str]) -> Output {
        let file = self.desktop.write("key.txt", &self.key());
        let mut command = self.desktop.command();
        command.env_remove("COLUMNS").args(["sync", "join", &self.url]).args(more);
        let output = command.stdin(fs::File::open(&file).unwrap()).output().unwrap();
        fs::remove_file(file).unwrap();
        output
    }

    /// A command line, where DATABASE is the address. In a pipe a sentence is one line.
    fn command(&self, machine: &Sandbox, line: &str) -> Command {
        let mut command = machine.command();
        command.env_remove("COLUMNS").args(words(&line.replace("DATABASE", &self.url)));
        command
    }

    /// What a machine says, with what differs each time spelt in one way.
    fn said(&self, machine: &Sandbox, line: &str) -> String {
        let output = self.command(machine, line).output().unwrap();
        self.spelt(&machine.said(&output))
    }

    fn spelt(&self, said: &str) -> String {
        spelt(said, &self.url, &self.database)
    }

    /// The segments that the database has, which have no gap and no double.
    fn segments(&self) -> usize {
        let rows = self.database.sql(
            "SELECT head, (SELECT max(pos) FROM milepost_segment), \
             (SELECT count(DISTINCT name) FROM milepost_segment) FROM milepost_log",
        );
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        let numbers: Vec<&str> = row.split('|').collect();
        assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
        numbers[0].parse().unwrap()
    }
}

fn spelt(said: &str, url: &str, database: &Database<'_>) -> String {
    let said = said.replace(url, "DATABASE").replace(&database.owner.name, "ROLE");
    let mut spelt = String::new();
    for part in said.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-') {
        let end = part.char_indices().next_back().map_or(0, |(at, _)| at);
        let (id, rest) = part.split_at(end);
        let is_id = id.len() == 36 && id.matches('-').count() == 4;
        spelt.push_str(&if is_id { format!("ID{rest}") } else { part.to_owned() });
    }
    spelt
}
