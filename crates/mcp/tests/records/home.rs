//! A home of its own for each test, with two small paths, and the commands that are run there.

use std::ffi::OsString;
use std::path::PathBuf;

use milepost::Io;
use serde_json::Value;

const TOOLS: &str = r#"format = 1
id = "tools"
title = "Tools"

[[stages]]
id = "first"
title = "First steps"

[[stages.topics]]
id = "shell"
title = "Shell"
hours = 10
skills = [{ id = "pipes", title = "Pipes" }, { id = "scripts", title = "Scripts" }]

[[stages.topics.resources]]
id = "shell-book"
title = "The Shell Book"
url = "https://example.org/shell"
type = "book"
cost = "free"
hours = 8

[[stages.topics]]
id = "networks"
title = "Networks"
hours = 6
skills = [{ id = "http", title = "HTTP" }, { id = "logs", title = "Reading logs" }]

[[stages.topics.resources]]
id = "log-guide"
title = "Logs, a Guide"
by = "A. Author"
summary = "What a line says, and how to find it."
url = "https://example.org/logs"
type = "guide"
cost = "free"
minutes = 45
skills = ["logs"]

[[stages.milestones]]
id = "backup-script"
title = "A backup script"
hours = 4
requires = ["shell"]
criteria = ["It restores what it saved."]
"#;

const WEB: &str = r#"format = 1
id = "web"
title = "Web Services"
requires = ["tools"]

[[stages]]
id = "build"
title = "Build"

[[stages.topics]]
id = "apis"
title = "APIs"
hours = 12
requires = ["tools/networks"]
skills = [{ id = "rest", title = "REST" }, { id = "caching", title = "Caching" }]

[[stages.topics.resources]]
id = "rest-guide"
title = "Designing APIs"
url = "https://example.org/rest"
type = "guide"
cost = "free"
hours = 3
skills = ["rest"]

[[interview]]
id = "design"
title = "API design"
topics = ["apis"]
questions = [
  { id = "idempotency", ask = "What makes a call idempotent?", look_for = "The same effect, once or twice." },
]
"#;

const CAREER: &str = r#"format = 1
kind = "career"
title = "Careers"

[[areas]]
id = "shells"
title = "Shells"
levels = ["I pipe.", "I script.", "I test my scripts.", "Others use my scripts."]

[[areas]]
id = "services"
title = "Services"
levels = ["I call one.", "I built one.", "Mine stays up.", "Mine is relied on."]

[[roles]]
id = "web-developer"
title = "Web Developer"
scope = "Builds services that others call."
deliverables = ["services"]
metrics = ["errors per call"]
targets = { shells = 1, services = 3 }
"#;

/// A Friday.
const NOW: &str = "2026-11-20T09:30:00+01:00";

/// A home.
pub(crate) struct Home(tempfile::TempDir);

impl Home {
    /// One without a record.
    pub(crate) fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let folder = home.path(".config/milepost/paths");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("tools.toml", TOOLS), ("web.toml", WEB), ("career.toml", CAREER)] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        home
    }

    /// One in which both paths are followed.
    pub(crate) fn following() -> Self {
        let home = Self::new();
        home.json(&["start", "web"]);
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.path(".local/share/milepost/progress.db")
    }

    /// The environment that the program sees.
    pub(crate) fn environment(&self) -> [(&'static str, OsString); 5] {
        [
            ("HOME", self.0.path().into()),
            ("MILEPOST_CONFIG", self.path(".config/milepost").into()),
            ("MILEPOST_DB", self.db().into()),
            ("MILEPOST_NOW", NOW.into()),
            ("TZ", "UTC".into()),
        ]
    }

    /// What a command says on stdout, and how it ends.
    fn command(&self, args: &[&str]) -> (String, String, u8) {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut io = Io {
            stdout: Box::new(&mut stdout),
            stderr: Box::new(&mut stderr),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            prompt: None,
            database: None,
            env: Box::new(|name| {
                self.environment()
                    .into_iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| value)
            }),
        };
        let named = args.iter().map(|arg| match arg.ends_with(".toml") {
            true => self.path(arg).into_os_string(),
            false => (*arg).into(),
        });
        let ended = milepost::run([OsString::from("milepost")].into_iter().chain(named), &mut io);
        drop(io);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(stdout), text(stderr), ended.exit())
    }

    /// What a command says that succeeds.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let (stdout, stderr, code) = self.command(args);
        assert_eq!(code, 0, "{args:?}: {stderr}");
        stdout
    }

    /// The document of a command that succeeds.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[args, &["--json"]].concat())).unwrap()
    }

    /// How a command ends.
    pub(crate) fn code(&self, args: &[&str]) -> u8 {
        self.command(args).2
    }
}
