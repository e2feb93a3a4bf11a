//! What the portfolio looks like, and that nothing foreign changes its shape.

use std::sync::LazyLock;

use milepost_core::internals::export::public;
use milepost_core::report::export::Document;
use milepost_core::report::export::sample::{base, sample, sample_of, told, web};
use proptest::prelude::*;

use super::*;

const SHOWN: Options = Options { notes: false, public: false };
const PUBLIC: Options = Options { notes: false, public: true };
const WITH_NOTES: Options = Options { notes: true, public: false };

#[test]
fn a_small_portfolio() {
    insta::assert_snapshot!(render(&sample(), SHOWN), @r"
    # Portfolio of Ada

    As of 2026-03-09.

    | Path | Progress | Milestones | Skills | Hours |
    |:-----|---------:|-----------:|-------:|------:|
    | Web services | 29% | 1 of 4 | 3 of 6 | 18 h of 62 h |

    ## Web services

    ### API integrations

    - [x] **First API: &lt;b>bold&lt;/b>** (2026-03-01)
        - Evidence: [github.com/ada/api](https://github.com/ada/api), ``docs/`odd` name.md``
        - Skills: FastAPI, REST\_principles, SQL \| NoSQL
        - Criteria:
            - It answers in `200 ms` \| or less.
            - Eight tests pass.
    - [ ] **A function** (in progress since 2026-03-02)
        - Skills: FastAPI, REST\_principles, SQL \| NoSQL
        - Criteria:
            - It scales to zero.
    - [ ] **Scaled**

    ### Other milestones

    - [ ] **A certificate**

    ## Skills

    ### Foundation

    - [x] **APIs in \*Python\***: FastAPI, REST\_principles, SQL \| NoSQL ([example.com/certificates/1](https://www.example.com/certificates/1?lang=en#top))
    - [ ] **Deployment**: *in progress:* Docker; *open:* 1\. Cloud

    Still ahead: Scale (1 skill).

    ## Books, courses and other study

    - [Web APIs \[2nd ed.\]](https://example.org/a_%28b%29), R&D &lt;Press> (book, 2026-02-03)
    - \# A talk (book, 2026-02-04)

    ---

    Made with milepost
    ");
}

#[test]
fn what_the_path_says_of_what_is_done() {
    let shown = render(&told(), SHOWN);
    for line in [
        "    - About: What the team &lt;asked> for.",
        "    - Links: [The \\[slides\\]](https://example.org/slides)",
        "    - Criteria (3 of 5 points are enough):",
        "        - It answers in `200 ms` \\| or less. (1 point)",
        "        - Eight tests pass. (4 points)",
        "- [x] **APIs in \\*Python\\***: REST\\_principles (retired), SQL \\| NoSQL \
         ([example.com/certificates/1](https://www.example.com/certificates/1?lang=en#top))",
        "    - FastAPI: I can write `async` &lt;services>.",
        "- [Web APIs \\[2nd ed.\\]](https://example.org/a_%28b%29), chapters 3 to 7, R&D &lt;Press> \
         (book, 2026-02-03)",
        "- \\# A talk (book, 2026-02-04, retired)",
        "The path Web services is by A \\*Mentor\\*, under CC BY 4.0.",
    ] {
        assert!(shown.lines().any(|one| one == line), "{line}\n{shown}");
    }
    // Nobody can say it of what is open, and what went before it was begun is gone.
    assert!(!shown.contains("pay for it") && !shown.contains("certificate**"), "{shown}");
}

#[test]
fn what_is_public_is_what_is_done() {
    let shown = render(&public(&told()).unwrap(), PUBLIC);
    insta::assert_snapshot!(shown, @r"
    # Portfolio of Ada

    As of 2026-03-09.

    | Path | Milestones | Skills | Studied |
    |:-----|-----------:|-------:|--------:|
    | Web services | 1 | 3 | 2 |

    ## Web services

    ### API integrations

    - **First API: &lt;b>bold&lt;/b>** (2026-03-01)
        - Evidence: [github.com/ada/api](https://github.com/ada/api), ``docs/`odd` name.md``
        - Skills: FastAPI, REST\_principles, SQL \| NoSQL
        - Criteria (3 of 5 points are enough):
            - It answers in `200 ms` \| or less. (1 point)
            - Eight tests pass. (4 points)

    ## Skills

    ### Foundation

    - **APIs in \*Python\***: REST\_principles, SQL \| NoSQL ([example.com/certificates/1](https://www.example.com/certificates/1?lang=en#top))
        - FastAPI: I can write `async` &lt;services>.

    ## Books, courses and other study

    - [Web APIs \[2nd ed.\]](https://example.org/a_%28b%29), chapters 3 to 7, R&D &lt;Press> (book, 2026-02-03)
    - \# A talk (book, 2026-02-04)

    ---

    The path Web services is by A \*Mentor\*, under CC BY 4.0.

    Made with milepost
    ");
}

#[test]
fn notes_are_private_unless_asked_for() {
    let document = sample();
    let shown = render(&document, SHOWN);
    assert!(!shown.contains("deadline") && !shown.contains("whole topic"));
    let with_notes = render(&document, WITH_NOTES);
    let added: Vec<&str> =
        with_notes.lines().filter(|line| !shown.lines().any(|other| other == *line)).collect();
    assert_eq!(
        added,
        [
            "    - Note, 2026-03-01: private: the deadline was &lt;tight>",
            "    - Note, 2026-03-01: on the whole topic",
        ]
    );
}

#[test]
fn paths_with_nothing_done_are_kept_short() {
    let mut untouched = web();
    untouched.id = "later".to_owned();
    untouched.title = "Later".to_owned();
    // Nothing is the same as anything that is done.
    untouched.stages.truncate(2);
    for stage in &mut untouched.stages {
        for topic in &mut stage.topics {
            topic.skills.retain(|skill| skill.tracked.same_as.is_none());
        }
    }
    let markdown = render(&sample_of(&vec![base(), web(), untouched], 1), SHOWN);
    let (_, later) = markdown.split_once("## Later\n\n").unwrap();
    let (later, _) = later.split_once("\n\n").unwrap();
    assert_eq!(later, "Not begun yet: 5 milestones and 5 skills ahead.");
    assert_eq!(markdown.matches("Later").count(), 2, "in the table and there");
}

#[test]
fn several_paths_share_the_sections() {
    let markdown = render(&sample_of(&vec![base(), web()], 0), SHOWN);
    let headings: Vec<&str> = markdown.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        [
            "# Portfolio of Ada",
            "## Web services",
            "### API integrations",
            "### Other milestones",
            "## Skills",
            "### Basics",
            "#### Start",
            "### Web services",
            "#### Foundation",
            "## Books, courses and other study",
        ]
    );
}

#[test]
fn there_may_be_no_name_and_nothing() {
    let mut document = sample();
    document.paths.clear();
    for owner in [None, Some(""), Some(" \n ")] {
        document.owner = owner.map(str::to_owned);
        assert_eq!(
            render(&document, SHOWN),
            "# Learning portfolio\n\nAs of 2026-03-09.\n\n---\n\nMade with milepost\n"
        );
    }
}

/// A document whose every foreign text is the given one, and whose evidence is another.
fn all_texts(foreign: &str, proof: &str) -> Document {
    let mut document = sample();
    let own = || foreign.to_owned();
    let prove = |evidence: &mut Vec<Dated>| {
        evidence.iter_mut().for_each(|said| said.text = proof.to_owned());
    };
    let annotate = |notes: &mut Vec<Dated>| {
        notes.iter_mut().for_each(|said| said.text = foreign.to_owned());
    };
    document.owner = Some(own());
    for path in &mut document.paths {
        path.title = own();
        path.portfolio.iter_mut().for_each(|heading| heading.title = own());
        for stage in &mut path.stages {
            stage.title = own();
            for topic in &mut stage.topics {
                topic.title = own();
                prove(&mut topic.evidence);
                annotate(&mut topic.notes);
            }
            for item in &mut stage.items {
                item.title = own();
                item.by = item.by.as_ref().map(|_| own());
                item.criteria.iter_mut().for_each(|one| *one = own());
                item.skills.iter_mut().for_each(|one| *one = own());
                prove(&mut item.evidence);
                annotate(&mut item.notes);
            }
        }
    }
    document
}

#[test]
fn a_name_is_escaped_as_everything_else() {
    let document = all_texts("x\u{2028}", "PROOF");
    let expected = format!("# Portfolio of {}\n", text("x\u{2028}"));
    assert!(render(&document, SHOWN).starts_with(&expected));
}

/// With plain text in all places, without notes and with them.
static PLAIN: LazyLock<[String; 2]> = LazyLock::new(|| {
    [SHOWN, WITH_NOTES].map(|options| render(&all_texts("FOREIGN", "PROOF"), options))
});

proptest! {
    /// All foreign text is there, and only as [`escape`] writes it.
    #[test]
    fn foreign_text_changes_nothing_else(
        rest in "[-\\PC\n\t`*_{}\\[\\]()#+.!|<>&~$]{0,12}",
        notes: bool,
    ) {
        let foreign = format!("x{rest}");
        let options = Options { notes, public: false };
        let [without, with] = &*PLAIN;
        let expected = if notes { with } else { without }
            .replace("        - FOREIGN", &format!("        - {}", escape::prose(&foreign)))
            .replace("FOREIGN", &text(&foreign))
            .replace("`PROOF`", &escape::code(&foreign));
        prop_assert_eq!(render(&all_texts(&foreign, &foreign), options), expected);
    }

    #[test]
    fn the_form_is_neat(foreign: String, proof: String) {
        let markdown = render(&all_texts(&foreign, &proof), WITH_NOTES);
        prop_assert!(markdown.ends_with("\n") && !markdown.ends_with("\n\n"));
        prop_assert!(!markdown.contains("\n\n\n"));
        prop_assert!(markdown.lines().all(|line| line.trim_end() == line), "{}", markdown);
    }
}
