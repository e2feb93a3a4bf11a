//! `away`.

use crate::shelf;

#[test]
fn days_away_are_recorded_changed_and_forgotten() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "away
         away 2026-12-20 2027-01-03 --why skiing
         away 2026-12-24
         away 2027-01-02 2027-01-10
         away 2026-12-18 2026-12-21 --why \"skiing, and the flu\"
         away tomorrow
         away --list
         log --limit 4
         undo
         undo
         redo
         away --remove 2026-12-31
         away --remove 2026-12-31
         away --list
         undo --list
         log --limit 3
         doctor",
    ), @r#"
    $ away
    no days away are recorded
    $ away 2026-12-20 2027-01-03 --why skiing
    away 2026-12-20 to 2027-01-03 (15 days): skiing
    $ away 2026-12-24
    already away 2026-12-20 to 2027-01-03 (15 days): skiing
    $ away 2027-01-02 2027-01-10
    away 2026-12-20 to 2027-01-10 (22 days): skiing
    $ away 2026-12-18 2026-12-21 --why "skiing, and the flu"
    away 2026-12-18 to 2027-01-10 (24 days): skiing, and the flu
    $ away tomorrow
    away 2026-11-21 (1 day)
    $ away --list
    2026-11-21 (1 day)
    2026-12-18 to 2027-01-10 (24 days): skiing, and the flu
    $ log --limit 4
    2026-11-20
      away     2026-11-21  away:2026-11-21
      away     2026-12-18 to 2027-01-10  away:2026-12-18
               skiing, and the flu
      away     2026-12-20 to 2027-01-10  away:2026-12-20  no longer
      away     2026-12-20 to 2027-01-10  away:2026-12-20
               skiing
    $ undo
    2026-11-21  away:2026-11-21  there now, was away
    $ undo
    2026-12-20 to 2027-01-10  away:2026-12-20  away now, was there
    2026-12-18 to 2027-01-10  away:2026-12-18  there now, was away
    $ redo
    2026-12-20 to 2027-01-10  away:2026-12-20  there now, was away
    2026-12-18 to 2027-01-10  away:2026-12-18  away now, was there
    $ away --remove 2026-12-31
    no longer away 2026-12-18 to 2027-01-10
    $ away --remove 2026-12-31
    2026-12-31 is in no stretch of days away; nothing changed
    $ away --list
    no days away are recorded
    $ undo --list
     1. away 2026-12-18 to 2027-01-10
     2. away 2026-12-20 to 2027-01-10 and 1 more
     3. away 2026-12-20 to 2027-01-10
     4. away 2026-12-20 to 2027-01-03
     5. started Tools and 1 more
    $ log --limit 3
    2026-11-20
      away     2026-12-18 to 2027-01-10  away:2026-12-18  no longer
      redone   2026-12-18 to 2027-01-10  away:2026-12-18
      redone   2026-12-20 to 2027-01-10  away:2026-12-20
    $ doctor
    ok      13 events on 5 subjects, each as it was recorded, and all follows from
            them: ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/career.toml takes the place of
            the built-in career file `career`
            help: `milepost remove career` brings the built-in one back

    1 note
    "#);
}

#[test]
fn what_cannot_be_is_refused() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "away 2027-01-03 2026-12-20
         away soon
         away 2026-02-30
         away 2026-12-20 2028-12-20
         away --why skiing
         away --list 2026-12-20
         away --remove 2026-12-20
         show away:2026-12-20
         done away:2026-12-20
         start away:2026-12-20
         log --path away:2026-12-20",
    ), @r#"
    $ away 2027-01-03 2026-12-20
    --- stderr ---
    error: 2026-12-20 is before 2027-01-03
    hint: first the first day: `milepost away 2026-12-20 2027-01-03`
    [exit 2]
    $ away soon
    --- stderr ---
    error: "soon" is not a day
    hint: write 2026-12-20, today, tomorrow, in 2 weeks or 3 days ago
    [exit 2]
    $ away 2026-02-30
    --- stderr ---
    error: "2026-02-30" is not in the calendar
    hint: write 2026-12-20, today, tomorrow, in 2 weeks or 3 days ago
    [exit 2]
    $ away 2026-12-20 2028-12-20
    --- stderr ---
    error: that is 732 days, and at most 366 are taken
    hint: for longer, leave the path: `milepost stop PATH`; what you did is kept
    [exit 2]
    $ away --why skiing
    --- stderr ---
    error: the following required arguments were not provided:
      <FROM>

    Usage: milepost away --why <TEXT> <FROM> [TO]

    For more information, try '--help'.
    [exit 2]
    $ away --list 2026-12-20
    --- stderr ---
    error: the argument '--list' cannot be used with '[FROM]'

    Usage: milepost away --list [FROM] [TO]

    For more information, try '--help'.
    [exit 2]
    $ away --remove 2026-12-20
    2026-12-20 is in no stretch of days away; nothing changed
    $ show away:2026-12-20
    --- stderr ---
    error: nothing is called `away:2026-12-20`
    hint: `milepost list` shows what there is, `milepost search` finds it
    [exit 1]
    $ done away:2026-12-20
    --- stderr ---
    error: nothing is called `away:2026-12-20`
    hint: `milepost list` shows what there is, `milepost search` finds it
    [exit 1]
    $ start away:2026-12-20
    --- stderr ---
    error: there is no path `away:2026-12-20`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ log --path away:2026-12-20
    --- stderr ---
    error: there is no path `away:2026-12-20`
    hint: `milepost paths` lists all of them
    [exit 1]
    "#);
}
