//! A part that has another id, and an id that has another part.

use super::*;

rows! {
    renames_that_the_file_says {
        edit: [
            (r#"{ id = "k1","#, r#"{ id = "csv", replaces = ["k1"],"#),
            (r#"id = "r1""#, "id = \"plots\"\nreplaces = [\"r1\"]"),
            (r#"id = "m1""#, "id = \"clean\"\nreplaces = [\"m1\"]"),
        ],
        refused: false,
        says: r#"
            renamed, with their record, 3:
              course/k1 -> course/csv
              course/r1 -> course/plots
              course/m1 -> course/clean
            then
            clean - -> done+
            csv - -> done+
            k1 done+ -> -
            m1 done+ -> -
            plots - -> done
            r1 done -> -
            "#,
    }
    renames_that_it_does_not_say {
        edit: [
            (r#"{ id = "k1","#, r#"{ id = "csv","#),
            ("id = \"r1\"\ntitle = \"Plot book\"", "id = \"plots\"\ntitle = \"The book of plots\""),
            (r#"id = "m1""#, r#"id = "clean""#),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 46.5%, 71 h of 101 h -> 47 h of 101 h
            looks renamed, 3:
              course/k1 -> course/csv Reading CSV files (same title)
              course/r1 -> course/plots The book of plots (same URL)
              course/m1 -> course/clean A clean data set (same URL)
            besides: 3 added, 3 removed
            then
            clean - -> done+
            csv - -> done+
            k1 done+ -> -
            m1 done+ -> -
            plots - -> done
            r1 done -> -
            "#,
    }
    ids_with_another_thing {
        edit: [
            (r#""Reading CSV files""#, r#""Kubernetes""#),
            ("title = \"A clean data set\"\nurl = \"https://example.org/task/clean\"\nhours = 20", "title = \"A cluster that heals itself\"\nhours = 40"),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 38.8%, 71 h of 101 h -> 47 h of 121 h
            same id, different thing?, 2:
              course/k1 "Reading CSV files" (done) -> "Kubernetes"
              course/m1 "A clean data set" (done) -> "A cluster that heals itself"
            besides: 2 changed (title 2, hours 1, url 1)
            then
            % 70.2 -> 38.8
            k1 done+ -> -
            m1 done+ -> -
            "#,
    }
    an_id_with_another_kind {
        edit: [
            ("  { id = \"k3\", title = \"Missing values\" },\n", ""),
            (r#"id = "r1""#, r#"id = "k3""#),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 69.2%, 71 h of 101 h -> 69 h of 100 h
            looks renamed, 1:
              course/r1 -> course/k3 Plot book (same URL)
            same id, different thing?, 1:
              course/k3 "Missing values" (done) -> "Plot book"
            besides: 1 removed, 1 changed (kind 1, title 1, hours 1, url 1)
            then
            % 70.2 -> 69.2
            r1 done -> -
            "#,
    }
    two_ids_exchanged {
        edit: [
            (r#"{ id = "k2", title = "Joining tables" }"#, r#"{ id = "k2", title = "Spreadsheets" }"#),
            (r#"{ id = "k4", title = "Spreadsheets" }"#, r#"{ id = "k4", title = "Joining tables" }"#),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 63.8%, 71 h of 101 h -> 67 h of 105 h
            looks renamed, 2:
              course/k2 -> course/k4 Joining tables (same title)
              course/k4 -> course/k2 Spreadsheets (same title)
            same id, different thing?, 2:
              course/k2 "Joining tables" (done) -> "Spreadsheets"
              course/k4 "Spreadsheets" (skipped) -> "Joining tables"
            besides: 2 changed (title 2)
            then
            k2 done -> skipped
            k4 skipped -> done
            "#,
    }
    numbers_that_shift {
        edit: [
            ("id = \"r2\"\ntitle = \"Video\"\nurl = \"https://example.org/video-one\"", "id = \"r2\"\ntitle = \"Video\"\nurl = \"https://example.org/video-two\"\ntype = \"video\"\ncost = \"free\"\nhours = 2\n\n[[stages.topics.resources]]\nid = \"r2-2\"\ntitle = \"Video\"\nurl = \"https://example.org/video-one\""),
        ],
        refused: true,
        says: r#"
            looks renamed, 1:
              course/r2 -> course/r2-2 Video (same URL)
            same id, different thing?, 1:
              course/r2 "Video" (done) -> "Video"
            besides: 1 added, 1 changed (url 1)
            then
            r2 done -> -
            r2-2 - -> done
            "#,
    }
    a_split {
        edit: [
            (r#"{ id = "k1", title = "Reading CSV files" }"#, "{ id = \"csv-read\", title = \"Reading CSV files\", replaces = [\"k1\"] },\n  { id = \"csv-write\", title = \"Writing CSV files\" }"),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 67.6%, 71 h of 101 h -> 69 h of 102 h
            renamed, with their record, 1:
              course/k1 -> course/csv-read
            besides: 1 added
            then
            % 70.2 -> 67.6
            csv-read - -> done+
            k1 done+ -> -
            "#,
    }
    a_merge_of_done_and_skipped {
        edit: [
            ("  { id = \"k1\", title = \"Reading CSV files\" },\n", ""),
            (r#"{ id = "k4", title = "Spreadsheets" }"#, r#"{ id = "files", title = "Files", replaces = ["k4", "k1"] }"#),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 70.6%, 71 h of 101 h -> 74 h of 105 h
            renamed, with their record, 2:
              course/k1 -> course/files
              course/k4 -> course/files
            besides: another order
            then
            % 70.2 -> 70.6
            files - -> done+
            k1 done+ -> -
            k4 skipped -> -
            "#,
    }
    a_merge_of_doing_and_done {
        edit: [
            ("  { id = \"k7\", title = \"Least squares\" },\n", ""),
            (r#"{ id = "k8", title = "Residuals" }"#, r#"{ id = "fit", title = "Fitting", replaces = ["k8", "k7"] }"#),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 74.2%, 71 h of 101 h -> 75 h of 101 h
            renamed, with their record, 2:
              course/k7 -> course/fit
              course/k8 -> course/fit
            then
            % 70.2 -> 74.2
            fit - -> done
            k7 done -> -
            k8 doing -> -
            "#,
    }
    a_merge_of_todo_and_done {
        edit: [
            ("  { id = \"k5\", title = \"Pivoting\" },\n", ""),
            (r#"{ id = "k6", title = "Grouping" }"#, r#"{ id = "shape", title = "Shape", replaces = ["k6", "k5"] }"#),
        ],
        refused: false,
        says: r#"
            your record: 70.2% -> 74%, 71 h of 101 h -> 74 h of 100 h
            renamed, with their record, 2:
              course/k5 -> course/shape
              course/k6 -> course/shape
            then
            % 70.2 -> 74
            k5 done -> -
            shape - -> done
            "#,
    }
    a_merge_into_an_id_that_stays {
        edit: [
            ("  { id = \"k5\", title = \"Pivoting\" },\n", ""),
            (r#"{ id = "k6", title = "Grouping" }"#, r#"{ id = "k6", title = "Grouping", replaces = ["k5"] }"#),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 74%, 71 h of 101 h -> 74 h of 100 h
            newly marked, 1:
              Grouping course/k6: todo -> done since 2026-11-01, by course/k5
            renamed, with their record, 1:
              course/k5 -> course/k6
            besides: 1 removed, 1 changed (replaces 1)
            then
            % 70.2 -> 74
            k5 done -> -
            k6 - -> done
            "#,
    }
    a_version_that_was_skipped {
        edit: [
            (r#"{ id = "k1", title = "Reading CSV files" }"#, r#"{ id = "tables-read", title = "Files of comma-separated values", replaces = ["csv"] }"#),
        ],
        refused: true,
        says: r#"
            your record: 70.2% -> 66.3%, 71 h of 101 h -> 67 h of 101 h
            ticks lost, 1:
              Reading CSV files course/k1: done since 2026-11-01 -> gone
            besides: 1 added, 1 removed
            then
            % 70.2 -> 66.3
            k1 done+ -> -
            "#,
    }
    a_topic_with_another_id {
        edit: [
            ("id = \"t1\"\ntitle = \"Tables\"", "id = \"tables\"\ntitle = \"All about tables\""),
            (r#"requires = ["t1"]"#, r#"requires = ["tables"]"#),
            (r#"topics = ["t1"]"#, r#"topics = ["tables"]"#),
        ],
        refused: true,
        says: r#"
            ticks lost, 1:
              Tables course/t1: a note -> gone
            besides: 1 added, 1 removed, 10 changed (place 9, requires 1), interview of the path itself
            then
            t1 todo+ -> -
            "#,
    }
    a_topic_with_another_id_and_the_same_title {
        edit: [
            (r#"id = "t1""#, r#"id = "tables""#),
            (r#"requires = ["t1"]"#, r#"requires = ["tables"]"#),
            (r#"topics = ["t1"]"#, r#"topics = ["tables"]"#),
        ],
        refused: true,
        says: r#"
            looks renamed, 1:
              course/t1 -> course/tables Tables (same title)
            besides: 1 added, 1 removed, 10 changed (place 9, requires 1), interview of the path itself
            then
            t1 todo+ -> -
            tables - -> todo+
            "#,
    }
    a_stage_with_another_id {
        edit: [
            (r#"id = "basics""#, r#"id = "first""#),
        ],
        refused: false,
        says: r#"
            besides: 1 added, 1 removed, 11 changed (place 2)
            then
            "#,
    }
    a_question_with_another_id {
        edit: [
            (r#"{ id = "q1","#, r#"{ id = "missing","#),
        ],
        refused: true,
        says: r#"
            looks renamed, 1:
              course/question:q1 -> course/question:missing What is a missing value? (same title)
            besides: interview of the path itself
            then
            missing - -> 1 answers
            q1 1 answers -> -
            "#,
    }
    a_question_with_another_id_that_the_file_says {
        edit: [
            (r#"{ id = "q1","#, r#"{ id = "missing", replaces = ["q1"],"#),
        ],
        refused: false,
        says: r#"
            renamed, with their record, 1:
              course/question:q1 -> course/question:missing
            besides: interview of the path itself
            then
            missing - -> 1 answers
            q1 1 answers -> -
            "#,
    }
}
