//! What is said with an answer: hints and warnings.

use milepost_core::report::add::Lookalike;
use milepost_core::{Hint, Warning, disk};
use milepost_path::safe;

use super::store_error::{damage, remedy};
use super::{catalog_problem, did_you_mean, forecast, news, no_path, remark, revert, store_error};
use crate::error::Error;
use crate::text::{quantity, shell};

/// A hint as a sentence.
pub fn hint(hint: &Hint) -> String {
    match hint {
        Hint::NoPath(why) => format!("{}: `milepost paths` lists them", no_path(*why)),
        Hint::NoPathToList(why) => format!(
            "{}: `milepost paths` lists them, `milepost list PATH` lists the items of one",
            no_path(*why)
        ),
        Hint::NoOwnFiles => {
            "you have no paths of your own: `milepost check FILE` examines any file".to_owned()
        }
        Hint::NoItemFits => "no item matches the filters; remove one".to_owned(),
        Hint::News(news) => news::line(news),
        Hint::Started => "`milepost next` says what to study first, and why".to_owned(),
        Hint::ImportUndone(import) => {
            let count = quantity::count(import.events, "event");
            let file = safe::short(&import.file, 80);
            format!("undid the import of {file} ({count}); `milepost redo` brings it back")
        }
        Hint::Erased(reference) => revert::erased(reference),
        Hint::NoteRemoved => {
            "`milepost undo` brings it back; `milepost log` still has it".to_owned()
        }
        Hint::OthersHaveText => {
            "machines that sync with this record erase it as well, once you run `milepost sync` \
             here and there; anything exported, copied or sent elsewhere still has it"
                .to_owned()
        }
        Hint::NothingHas { word, near } => {
            let next = match near {
                Some(near) => did_you_mean(std::slice::from_ref(near)),
                None => "try the beginning of the word".to_owned(),
            };
            format!("nothing has `{}`; {next}", safe::short(word, 60))
        }
        Hint::NothingHasAll => "nothing has all of these words; try fewer".to_owned(),
        Hint::NothingRecorded => {
            "nothing is recorded there yet; `milepost done REF` records something".to_owned()
        }
        Hint::HowToAssess => {
            "to record a level: `milepost assess AREA --level N`, or `--answers FILE`".to_owned()
        }
        Hint::AllAnswered => {
            "you answered every question today; `milepost interview --readiness` sums up".to_owned()
        }
        Hint::AllAssessed => {
            "you assessed every area today; `milepost assess --again` asks again".to_owned()
        }
        Hint::ReviewsDue { count, path } => {
            let questions = quantity::count(*count, "interview question");
            let are = if *count == 1 { "is" } else { "are" };
            let path = path.as_ref().map_or(String::new(), |path| format!(" {path}"));
            format!("{questions} {are} due: `milepost interview{path}`")
        }
        Hint::NotFollowed(path) => {
            format!("you do not follow `{path}` yet: `milepost start {path}`")
        }
        Hint::SnoozedTopic { topic, until } => {
            let how = format!("`milepost snooze {topic} none` brings it back");
            format!("its topic `{topic}` is snoozed until {until}: {how}")
        }
        Hint::TakenBack(file) => {
            let file = safe::short(file, 300);
            format!(
                "you undid this import: `milepost import --again {}` brings it back",
                shell::word(&file)
            )
        }
        Hint::LeftOut(count) => {
            let items = quantity::count(*count, "item");
            format!(
                "left out: {items} of the record that no path has any longer; `--format json` has all"
            )
        }
        Hint::NoOwner => "the résumé has no name yet: add yours with `--name NAME`".to_owned(),
        Hint::NoDay(note) => forecast::no_day(note),
        Hint::Lookalike(one) => {
            let Lookalike { id, known, is_installed } = one;
            let then = if *is_installed {
                format!(", then `milepost remove {known}`")
            } else {
                String::new()
            };
            format!(
                "`{id}` looks like `{known}` under another id; to keep your record of it, put \
                 `replaces = [\"{known}\"]` above the first table of its file and add it again{then}"
            )
        }
        Hint::Imported => {
            "next: `milepost log` shows what happened, `milepost status` how far you are".to_owned()
        }
    }
}

/// A warning as a sentence.
pub fn warning(warning: &Warning) -> String {
    match warning {
        Warning::Catalog(problem) => catalog_problem::problem(problem),
        Warning::PathChanged(news) => news::changed(news),
        Warning::CopiesHaveText(copies) => {
            let names: Vec<String> = copies.iter().map(|copy| disk::show(copy)).collect();
            format!(
                "these copies beside the record still have the text; delete them, or keep them \
                 private: {}",
                names.join(", ")
            )
        }
        Warning::MissingPath(id) => {
            let id = safe::short(id, 80);
            format!(
                "you follow the path `{id}`, but it is not installed; the record of it is kept: \
                 add its file again, or `milepost stop {id}`"
            )
        }
        Warning::CopyIsDamaged(worst) => format!(
            "the copy has every event, but {}, in the record and in the copy; {}",
            damage(&worst.what),
            remedy(worst)
        ),
        Warning::RestoredIsDamaged(worst) => {
            format!("every event is there, but {}; {}", damage(&worst.what), remedy(worst))
        }
        Warning::NotLookedAtAgain(error) => {
            format!("it could not be verified: {}", store_error::message(error))
        }
        Warning::Evidence(text, at) => remark::recorded_slip(text, at.as_ref()),
        Warning::Diagnostic(one) => {
            format!("{}; {}", one.message, one.help.as_deref().unwrap_or_default())
        }
        Warning::Undecided(error) => format!(
            "what you decided about paths that changed is left out: {}; `milepost doctor` examines \
             the record",
            store_error::message(error)
        ),
        Warning::PathsAreNamed => {
            "MILEPOST_PATHS is set, so milepost does not look in the configuration directory"
                .to_owned()
        }
    }
}

/// That the copy of the day could not be made.
pub fn no_copy(error: Error) -> String {
    format!("{error}; your record is safe; `copies = false` in config.toml turns these copies off")
}
