//! Two small paths of one's own, so that what the program says in a test does not change with the
//! content that ships. `web` requires `tools`; between them they have an item that is the same in
//! both, one that was renamed, an optional one, and an id that means two things.

use std::sync::OnceLock;

use crate::sandbox::{Sandbox, words};

pub(crate) const TOOLS: &str = r#"format = 1
id = "tools"
title = "Tools"
summary = "What everything else is made with."

[[stages]]
id = "first"
title = "First steps"

[[stages.topics]]
id = "shell"
title = "Shell"
hours = 10  # check: allow course-hours
skills = [
  { id = "pipes", title = "Pipes" },
  { id = "scripts", title = "Scripts" },
]

[[stages.topics.resources]]
id = "shell-book"
title = "The Shell Book"
by = "A. Author"
url = "https://example.org/shell"
type = "book"
cost = "free"
hours = 8

[[stages.topics.resources]]
id = "shell-course"
title = "Shell in Depth"
url = "https://example.org/course"
type = "course"
cost = "paid"
hours = 12
skills = ["scripts"]

[[stages.topics]]
id = "networks"
title = "Networks"
hours = 6  # check: allow course-hours
skills = [
  { id = "http", title = "HTTP" },
  { id = "logs", title = "Reading logs" },
]

[[stages.topics.resources]]
id = "http-guide"
title = "HTTP, a Guide"
summary = "Enough for everything that follows."
url = "https://example.org/http"
type = "docs"
cost = "free"
minutes = 45

[[stages.milestones]]
id = "backup-script"
title = "A backup script"
hours = 4
requires = ["shell"]
criteria = ["It restores what it saved.", "It says when it fails."]
"#;

pub(crate) const WEB: &str = r#"format = 1
id = "web"
title = "Web Services"
summary = "From a first API to a service that stays up."
requires = ["tools"]

[[portfolio]]
id = "services"
title = "Services"

[[stages]]
id = "build"
title = "Build"
months = [0, 3]

[[stages.topics]]
id = "apis"
title = "APIs"
summary = "Design one that others can use."
hours = 12
requires = ["tools/networks"]
skills = [
  { id = "rest", title = "REST", replaces = ["restful"] },
  { id = "http", title = "HTTP", same_as = "tools/http" },
  { id = "graphql", title = "GraphQL", optional = true },
]

[[stages.topics.resources]]
id = "rest-guide"
title = "Designing APIs"
url = "https://example.org/rest"
type = "guide"
cost = "free"
hours = 3
skills = ["rest"]

[[stages.topics.resources]]
id = "api-videos"
title = "APIs on Film"
type = "video"
cost = "freemium"

[[stages.milestones]]
id = "service"
title = "A service in public"
hours = 8
requires = ["apis"]
portfolio = "services"
criteria = ["A stranger can call it.", "It answers wrong calls with a reason."]
evidence = ["repository"]

[[stages]]
id = "run"
title = "Run"
months = [3, 6]

[[stages.topics]]
id = "operations"
title = "Operations"
hours = 9  # check: allow course-hours
requires = ["service", ["tools/shell", "tools/backup-script"]]
skills = [
  { id = "logs", title = "Log pipelines" },
  { id = "alerts", title = "Alerts" },
]

[[stages.topics.resources]]
id = "ops-book"
title = "Staying Up"
url = "https://example.org/ops"
type = "book"
cost = "paid"
hours = 20

[[stages.milestones]]
id = "on-call"
title = "A month on call"
hours = 5
requires = ["operations"]
criteria = ["Nobody was woken twice for one cause."]

[[interview]]
id = "api-design"
title = "API design"
topics = ["apis"]
questions = [
  { id = "idempotency", ask = "What makes a call idempotent?", look_for = "Same effect, once or twice." },
]
"#;

/// Three skill areas and two roles, for these paths.
pub(crate) const CAREER: &str = r#"format = 1
kind = "career"
title = "Careers"

[[areas]]
id = "shells"
title = "Shells"
summary = "Getting a machine to do it."
levels = ["I pipe.", "I script.", "I test my scripts.", "Others use my scripts."]
raised_by = [
  { by = "tools/shell", weight = 3, level = 1 },
  { by = "tools/backup-script", weight = 2, level = 2 },
]

[[areas]]
id = "services"
title = "Services"
levels = ["I call one.", "I built one.", "Mine stays up.", "Mine is relied on."]
raised_by = [
  { by = "tools/networks", weight = 2, level = 1 },
  { by = "web/service", weight = 3, level = 2 },
  { by = "web/operations", weight = 3, level = 3 },
]

[[areas]]
id = "watching"
title = "Watching"
levels = ["I read logs.", "I have alerts.", "They wake me rightly.", "I see it coming."]
raised_by = [{ by = "web/operations", weight = 1, level = 2 }]

[[roles]]
id = "web-developer"
title = "Web Developer"
scope = "Builds services that others call."
deliverables = ["services", "their documentation"]
metrics = ["errors per call"]
paths = ["web"]
targets = { shells = 1, services = 3 }

[[roles]]
id = "operator"
title = "Operator"
scope = "Keeps services up."
deliverables = ["alerts"]
metrics = ["uptime"]
paths = ["web"]
targets = { shells = 3, services = 1, watching = 3 }

[[practice]]
id = "design"
title = "Design an API"
minutes = 45
task = "Design one and defend it."
criteria = ["A diagram is there."]

[[glossary]]
id = "uptime"
title = "Uptime"
meaning = "The share of time in which it answers."

[[glossary]]
id = "cold-start"
title = "Cold start"
meaning = "The first answer of a service that was asleep."
source = "A. Author, Staying Up"
url = "https://example.org/cold-start"
"#;

/// A topic with a course of two resources and one that takes the place of both, and what it proves.
pub(crate) const SEARCH: &str = r#"format = 1
id = "search"
title = "Search"

[[stages]]
id = "only"
title = "Only"

[[stages.topics]]
id = "vectors"
title = "Vectors"
hours = 18
skills = [
  { id = "flat", title = "Flat indexes", can = "I can build a flat index and measure its recall." },
  { id = "ivf", title = "IVF", can = "I can tune an IVF index." },
  { id = "scale", title = "Scale" },
]

[[stages.topics.resources]]
id = "manual"
title = "The Manual"
type = "tutorial"
cost = "free"
hours = 6
skills = ["flat", "ivf"]

[[stages.topics.resources]]
id = "wiki"
title = "The Wiki"
type = "docs"
cost = "free"
hours = 6
skills = ["ivf", "scale"]

[[stages.topics.resources]]
id = "video"
title = "All on Film"
type = "video"
cost = "paid"
hours = 12
instead_of = ["manual", "wiki"]

[[stages.topics.resources]]
id = "benchmarks"
title = "Benchmarks"
type = "tool"
skills = []

[[stages.milestones]]
id = "engine"
title = "A search engine"
hours = 8
requires = ["vectors"]
criteria = ["A stranger finds what they look for.", "It says how long it took."]
"#;

/// A home in which only [`SEARCH`] is followed.
pub(crate) fn searching() -> Sandbox {
    static RECORD: OnceLock<Vec<u8>> = OnceLock::new();
    let home = || {
        let sandbox = home();
        sandbox.write(".config/milepost/paths/search.toml", SEARCH);
        sandbox
    };
    with_record(&RECORD, home, &["start search"])
}

/// A home with both paths in it.
pub(crate) fn home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(".config/milepost/paths/tools.toml", TOOLS);
    sandbox.write(".config/milepost/paths/web.toml", WEB);
    sandbox.write(".config/milepost/paths/career.toml", CAREER);
    sandbox
}

/// A home in which both are followed.
pub(crate) fn following() -> Sandbox {
    static RECORD: OnceLock<Vec<u8>> = OnceLock::new();
    with_record(&RECORD, home, &["start web"])
}

/// Some weeks of somebody's life, with a bit of everything in it.
pub(crate) fn lived_in() -> Sandbox {
    static RECORD: OnceLock<Vec<u8>> = OnceLock::new();
    with_record(&RECORD, home, LIFE)
}

/// A home with the record that these commands leave. They run once, and each home begins with a copy
/// of the record, which is one file. So all of them are one device: a test in which two machines
/// meet makes the second with [`home`].
pub(crate) fn with_record(
    record: &OnceLock<Vec<u8>>,
    home: impl Fn() -> Sandbox,
    commands: &[&str],
) -> Sandbox {
    let record = record.get_or_init(|| {
        let sandbox = home();
        for line in commands {
            sandbox.ok(words(line));
        }
        std::fs::read(sandbox.db()).unwrap()
    });
    let sandbox = home();
    let (db, folder) = (sandbox.db(), sandbox.db().parent().unwrap().to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(&db, record).unwrap();
    // As private as the program makes it.
    #[cfg(unix)]
    for (path, mode) in [(folder, 0o700), (db, 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    sandbox
}

const LIFE: &[&str] = &[
    "start web --by 2027-06-30 --hours-per-week 5",
    "done tools/shell --known --yes --on \"8 weeks ago\"",
    "done tools/http --on \"6 weeks ago\" --note \"status codes at last\"",
    "done tools/logs --on \"5 weeks ago\"",
    "done http-guide --on \"5 weeks ago\"",
    "doing rest-guide --on \"3 weeks ago\"",
    "done rest --on \"2 weeks ago\" --evidence https://example.org/me/rest",
    "skip backup-script --why \"we have a tool for that\"",
    "done service --on monday --note \"it answers\" --evidence https://example.org/me/service",
    "done alerts",
    "undo",
    "note apis \"read the second half again\"",
];
