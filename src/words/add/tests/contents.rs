//! Parts that keep their ids: what is in them, where they stand, and those that go.

use super::*;

rows! {
    titles {
        edit: [
            (r#""Reading CSV files""#, r#""Reading CSV and TSV files""#),
        ],
        refused: false,
        says: r#"
            besides: 1 changed (title 1)
            then
            "#,
    }
    a_move_to_another_topic {
        edit: [
            ("  { id = \"k1\", title = \"Reading CSV files\" },\n", ""),
            (r#"  { id = "k7","#, "  { id = \"k1\", title = \"Reading CSV files\" },\n  { id = \"k7\","),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 70.6%, 71 h of 101 h -> 71 h of 100 h
            besides: 1 changed (place 1, requires 1), another order
            then
            % 70.2 -> 70.6
            "#,
    }
    retired {
        edit: [
            (r#"{ id = "k1","#, r#"{ id = "k1", retired = true,"#),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 69.2%, 71 h of 101 h -> 69 h of 100 h
            besides: 4 changed (retired 1)
            then
            % 70.2 -> 69.2
            "#,
    }
    criteria {
        edit: [
            (r#"criteria = ["The set has no missing value."]"#, r#"criteria = ["The set has no missing value.", "Somebody else checked it."]"#),
        ],
        refused: false,
        says: r#"
            besides: 1 changed (criteria 1)
            then
            "#,
    }
    hours {
        edit: [
            ("hours = 20", "hours = 60"),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 78.7%, 71 h of 101 h -> 111 h of 141 h
            besides: 1 changed (hours 1)
            then
            % 70.2 -> 78.7
            "#,
    }
    optional {
        edit: [
            (r#"{ id = "k1","#, r#"{ id = "k1", optional = true,"#),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 69.2%, 71 h of 101 h -> 69 h of 100 h
            besides: 1 changed (optional 1)
            then
            % 70.2 -> 69.2
            "#,
    }
    a_milestone_less {
        edit: [
            ("[[stages.milestones]]\nid = \"m1\"\ntitle = \"A clean data set\"\nurl = \"https://example.org/task/clean\"\nhours = 20\ncriteria = [\"The set has no missing value.\"]\n", ""),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 62.9%, 71 h of 101 h -> 51 h of 81 h
            ticks lost, 1:
              A clean data set course/m1: done since 2026-11-01 -> gone
            besides: 1 removed
            then
            % 70.2 -> 62.9
            m1 done+ -> -
            "#,
    }
    a_question_in_other_words {
        edit: [
            (r#""What is a missing value?""#, r#""What makes a value a missing value?""#),
        ],
        refused: false,
        says: r#"
            besides: interview of the path itself
            then
            "#,
    }
    a_question_less {
        edit: [
            ("  { id = \"q1\", ask = \"What is a missing value?\", look_for = \"Three kinds.\" },\n", ""),
        ],
        refused: true,
        says: r#"
            answers lost, 1:
              course/question:q1
            besides: interview of the path itself
            then
            q1 1 answers -> -
            "#,
    }
    a_question_of_another_kind {
        edit: [
            (r#""What is a missing value?""#, r#""Why do bridges fall down?""#),
        ],
        refused: true,
        says: r#"
            same id, different thing?, 1:
              course/question:q1 "What is a missing value?" (1 answer) -> "Why do bridges fall down?"
            besides: interview of the path itself
            then
            q1 1 answers -> -
            "#,
    }
    a_prerequisite {
        edit: [
            (r#"title = "A data report""#, "title = \"A data report\"\nrequires = [\"k6\"]"),
        ],
        refused: false,
        says: r#"
            no longer ready, 1:
              course/m3
            besides: 1 changed (requires 1)
            then
            "#,
    }
    another_order {
        edit: [
            ("  { id = \"k1\", title = \"Reading CSV files\" },\n  { id = \"k2\", title = \"Joining tables\" },\n", "  { id = \"k2\", title = \"Joining tables\" },\n  { id = \"k1\", title = \"Reading CSV files\" },\n"),
        ],
        refused: false,
        says: r#"
            besides: another order
            then
            "#,
    }
    an_older_version {
        edit: [
            ("version = \"3\"\nupdated = 2026-01-05", "version = \"2\"\nupdated = 2025-12-01"),
        ],
        refused: false,
        says: r#"
            would be updated: Data Course (course), version 3 -> 2, 2026-01-05 -> 2025-12-01, which is older
            it changes only the text of the file
            then
            "#,
    }
    the_same_as_an_item_of_another_path {
        edit: [
            (r#"{ id = "k1","#, r#"{ id = "k1", same_as = "foundations/python","#),
        ],
        refused: false,
        says: r#"
            now counted as the same item as in another path, 1:
              course/k1 (done) = foundations/python (todo)
            besides: 1 changed (same_as 1)
            then
            "#,
    }
}
