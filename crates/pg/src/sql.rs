//! The tables, and everything that is asked of them.
//!
//! It keeps to what the engines that speak PostgreSQL's protocol have in common: no sequence, trigger,
//! foreign key, temporary table, savepoint, procedure, LISTEN, advisory lock or extension; values of at most
//! 512 KiB. Each statement is a transaction by itself. A test holds this.

/// The logs. `head` is the highest position that a segment has.
pub(crate) const MAKE_LOGS: &str = "CREATE TABLE IF NOT EXISTS milepost_log (\
    log uuid PRIMARY KEY, owner text NOT NULL, header bytea NOT NULL, head bigint NOT NULL)";

/// Their segments, by position from 1 and by name.
pub(crate) const MAKE_SEGMENTS: &str = "CREATE TABLE IF NOT EXISTS milepost_segment (\
    log uuid NOT NULL, pos bigint NOT NULL, name bytea NOT NULL, body bytea NOT NULL, \
    PRIMARY KEY (log, pos), UNIQUE (log, name))";

/// Whether the server takes writes, where it did not say so by itself.
pub(crate) const IS_READ_ONLY: &str = "SHOW transaction_read_only";

/// All logs, those of this role first.
pub(crate) const LOGS: &str = "SELECT log FROM milepost_log \
    ORDER BY CASE WHEN owner = CAST(current_user AS text) THEN 0 ELSE 1 END, log LIMIT $1";

/// What a log says of itself, how far it is, and the name of what is there.
pub(crate) const HEADER: &str = "SELECT l.header, l.head, s.name FROM milepost_log l \
    LEFT JOIN milepost_segment s ON s.log = l.log AND s.pos = l.head WHERE l.log = $1";

/// Makes a log. What is left of one that was erased halfway keeps its positions.
pub(crate) const CREATE: &str = "INSERT INTO milepost_log (log, owner, header, head) \
    SELECT $1, CAST(current_user AS text), $2, \
    COALESCE((SELECT max(pos) FROM milepost_segment WHERE log = $1), 0) \
    ON CONFLICT DO NOTHING";

/// The segments from a position on, with their bytes where these are few.
pub(crate) const LIST: &str = "SELECT pos, name, octet_length(body), \
    CASE WHEN octet_length(body) <= $3 THEN body END FROM milepost_segment \
    WHERE log = $1 AND pos >= $2 ORDER BY pos LIMIT $4";

/// The bytes of one segment, if they are not too many.
pub(crate) const GET: &str = "SELECT body FROM milepost_segment \
    WHERE log = $1 AND name = $2 AND octet_length(body) <= $3";

/// Puts one segment behind the others. The row of the log is locked until that is durable: so positions have
/// no gap, and a machine that has seen one has seen all before it. Nothing is put where there is no log.
pub(crate) const PUT: &str = "WITH next AS (\
    UPDATE milepost_log SET head = head + 1 WHERE log = $1 RETURNING head) \
    INSERT INTO milepost_segment (log, pos, name, body) SELECT $1, head, $2, $3 FROM next \
    RETURNING pos";

/// The position of a segment.
pub(crate) const FIND: &str = "SELECT pos FROM milepost_segment WHERE log = $1 AND name = $2";

/// Removes some of the segments of a log.
pub(crate) const ERASE_SEGMENTS: &str = "DELETE FROM milepost_segment WHERE log = $1 AND pos IN (\
    SELECT pos FROM milepost_segment WHERE log = $1 ORDER BY pos LIMIT 1000)";

/// Removes a log.
pub(crate) const ERASE_LOG: &str = "DELETE FROM milepost_log WHERE log = $1";

#[cfg(test)]
mod tests {
    const THIS: &str = include_str!("sql.rs");

    /// The statements, as they are written above.
    fn statements() -> Vec<String> {
        let (code, _) = THIS.split_once("#[cfg(test)]").unwrap();
        let constants = code.split("pub(crate) const ").skip(1);
        let text = |constant: &str| {
            let (_, text) = constant.split_once('"').unwrap();
            let text = text.split_once("\";").unwrap().0.replace("\\\n", " ");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        constants.map(text).collect()
    }

    #[test]
    fn statements_keep_to_what_the_engines_have_in_common() {
        let statements = statements();
        assert!(statements.len() > 10);
        for statement in &statements {
            let words: Vec<String> = statement
                .to_ascii_lowercase()
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .map(str::to_owned)
                .collect();
            for word in [
                "sequence",
                "serial",
                "bigserial",
                "nextval",
                "trigger",
                "references",
                "foreign",
                "temp",
                "temporary",
                "savepoint",
                "function",
                "do$",
                "plpgsql",
                "listen",
                "notify",
                "pg_advisory_lock",
                "pg_advisory_xact_lock",
                "extension",
                "begin",
                "set_config",
                "prepare",
                "declare",
                "lock",
                "xmin",
                "ctid",
                "any",
                "array",
                "jsonb",
                "enum",
            ] {
                assert!(!words.iter().any(|one| one == word), "{word} in {statement}");
            }
            // Both would keep something in the session of a pooler.
            assert!(!statement.starts_with("SET ") && !statement.contains(';'), "{statement}");
        }
        let tables: Vec<&String> =
            statements.iter().filter(|one| one.starts_with("CREATE")).collect();
        let types = ["uuid", "text", "bytea", "bigint"];
        for table in tables {
            let (_, columns) = table.split_once('(').unwrap();
            let (columns, _) = columns.split_once(", PRIMARY KEY (").unwrap_or((columns, ""));
            for column in columns.trim_end_matches(')').split(',') {
                assert!(types.iter().any(|kind| column.contains(kind)), "{column} in {table}");
            }
        }
    }

    #[test]
    fn no_other_file_has_a_statement() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if !path.ends_with("sql.rs") {
                for word in ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "SET ", "BEGIN"]
                {
                    assert!(!text.contains(&format!("\"{word}")), "{word} in {}", path.display());
                }
            }
        }
    }
}
