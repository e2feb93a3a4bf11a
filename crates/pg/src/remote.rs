//! A log whose segments are rows. Each has a position; positions have no gap and become visible in their
//! order, so that a cursor is the last of them: its position and its name. Where another name is there, or
//! none, the database went back to what it was before, and everything is listed.

use std::collections::HashMap;

use futures_util::future::join_all;
use milepost_core::sync::database::{Database, Session};
use milepost_core::sync::remote::{
    Erased, LAST_NUMBER, Listing, MOST_BYTES, MOST_HEADER_BYTES, MOST_SEGMENTS, Name, Remote,
    RemoteError, Take,
};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use crate::call::Caller;
use crate::failure::Failure;
use crate::sql;

/// How many logs are told of.
const MOST_LOGS: i64 = 1000;

/// How many rows are listed at once.
const A_PAGE: i64 = 1000;

/// Up to so many bytes a segment comes with the list.
const SMALL: i32 = 4096;

/// So many bytes that came with the list are kept until they are asked for.
const MOST_KEPT: usize = 8 << 20;

/// So many bytes are on their way at once, about.
const AT_ONCE: usize = 4 << 20;

/// So many statements are on their way at once.
const MOST_AT_ONCE: usize = 256;

/// Opens a database as a remote. Nobody is asked yet.
pub fn open(database: &Database, session: Session) -> Box<dyn Remote> {
    Box::new(Postgres {
        caller: Caller::new(database, session),
        ahead: None,
        behind: None,
        sizes: HashMap::new(),
        kept: HashMap::new(),
        kept_bytes: 0,
    })
}

/// A database that keeps logs.
struct Postgres {
    caller: Caller,
    /// Where a log was when its header was read.
    ahead: Option<(Uuid, Cursor)>,
    /// Up to where a log is known.
    behind: Option<(Uuid, Cursor)>,
    /// How large the segments are that were listed.
    sizes: HashMap<Name, usize>,
    /// Segments that came with the list.
    kept: HashMap<Name, Vec<u8>>,
    kept_bytes: usize,
}

/// The last segment of a listing: its position, and its name, or nothing where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    position: i64,
    name: [u8; 32],
}

impl Cursor {
    const START: Self = Self { position: 0, name: [0; 32] };

    fn pack(self) -> Vec<u8> {
        [&self.position.to_be_bytes()[..], &self.name].concat()
    }

    /// What was packed, unless it is another remote's.
    fn unpack(packed: &[u8]) -> Option<Self> {
        let (position, name) = packed.split_first_chunk()?;
        let position = i64::from_be_bytes(*position);
        (position >= 0).then_some(Self { position, name: name.try_into().ok()? })
    }
}

/// A segment as it is listed.
struct Listed {
    cursor: Cursor,
    size: usize,
    body: Option<Vec<u8>>,
}

impl Listed {
    fn of(row: &Row) -> Result<Option<Self>, tokio_postgres::Error> {
        let name: &[u8] = row.try_get(1)?;
        let size: i32 = row.try_get(2)?;
        let body: Option<Vec<u8>> = row.try_get(3)?;
        let position = row.try_get(0)?;
        let Ok(name) = name.try_into() else { return Ok(None) };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        Ok(Some(Self { cursor: Cursor { position, name }, size, body }))
    }

    /// Its name, if it is that of a segment.
    fn name(&self) -> Option<Name> {
        let name = Name::unpack(&self.cursor.name);
        (1..=LAST_NUMBER).contains(&name.number).then_some(name)
    }
}

/// What a statement is given.
type Given<'a> = (&'a (dyn ToSql + Sync), Type);

/// Runs a statement, and gives its rows.
async fn rows(client: &Client, statement: &str, given: &[Given<'_>]) -> Result<Vec<Row>, Failure> {
    Ok(client.query_typed(statement, given).await?)
}

impl Postgres {
    /// The segments from a position on, a page of them.
    fn page(&mut self, log: Uuid, from: i64) -> Result<Vec<Listed>, RemoteError> {
        let small = if self.kept_bytes < MOST_KEPT { SMALL } else { -1 };
        self.caller.call(async |client| {
            let given: [Given<'_>; 4] = [
                (&log, Type::UUID),
                (&from, Type::INT8),
                (&small, Type::INT4),
                (&A_PAGE, Type::INT8),
            ];
            let rows = match rows(client, sql::LIST, &given).await {
                Err(failure) if failure.is_no_table() => return Err(RemoteError::NoLog(log).into()),
                rows => rows?,
            };
            let mut listed = Vec::with_capacity(rows.len());
            for row in &rows {
                match Listed::of(row)? {
                    Some(one) => listed.push(one),
                    None => {
                        let said = "its table has a name that is not a segment's".to_owned();
                        return Err(RemoteError::Foreign { said }.into());
                    }
                }
            }
            Ok(listed)
        })
    }

    /// Takes pages from a position on into a listing, and gives where it ends. `before` is what must be there
    /// at that position; none where it is not.
    fn pages(
        &mut self,
        log: Uuid,
        before: Cursor,
        names: &mut Vec<Name>,
    ) -> Result<Option<Cursor>, RemoteError> {
        let mut last = before;
        loop {
            let page = self.page(log, last.position.max(1))?;
            let is_last = page.len() < usize::try_from(A_PAGE).unwrap_or_default();
            let mut page = page.into_iter();
            // The first is where the page before ended.
            if last.position > 0 && page.next().is_none_or(|first| first.cursor != last) {
                return Ok(None);
            }
            for one in page {
                last = one.cursor;
                let Some(name) = one.name() else { continue };
                if names.len() == MOST_SEGMENTS {
                    return Err(RemoteError::TooMany { most: MOST_SEGMENTS });
                }
                names.push(name);
                self.sizes.insert(name, one.size);
                if let Some(body) = one.body {
                    self.kept_bytes += body.len();
                    self.kept.insert(name, body);
                }
            }
            if is_last {
                return Ok(Some(last));
            }
        }
    }
}

impl Remote for Postgres {
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError> {
        self.caller.call(async |client| {
            let rows = match rows(client, sql::LOGS, &[(&MOST_LOGS, Type::INT8)]).await {
                Err(failure) if failure.is_no_table() => Vec::new(),
                rows => rows?,
            };
            Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
        })
    }

    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError> {
        let found = self.caller.call(async |client| {
            let rows = match rows(client, sql::HEADER, &[(&log, Type::UUID)]).await {
                Err(failure) if failure.is_no_table() => Vec::new(),
                rows => rows?,
            };
            let Some(row) = rows.first() else { return Ok(None) };
            let header: Vec<u8> = row.try_get(0)?;
            let position: i64 = row.try_get(1)?;
            let name: Option<&[u8]> = row.try_get(2)?;
            let cursor = match name {
                Some(name) => name.try_into().ok().map(|name| Cursor { position, name }),
                None => (position == 0).then_some(Cursor::START),
            };
            Ok(Some((header, cursor)))
        })?;
        let Some((header, cursor)) = found else {
            self.ahead = None;
            return Ok(None);
        };
        self.ahead = cursor.map(|cursor| (log, cursor));
        if header.len() > MOST_HEADER_BYTES {
            let said = "the header of its log is too long".to_owned();
            return Err(RemoteError::Foreign { said });
        }
        Ok(Some(header))
    }

    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError> {
        let make = async |client: &Client| {
            let given: [Given<'_>; 2] = [(&log, Type::UUID), (&header, Type::BYTEA)];
            match rows(client, sql::CREATE, &given).await {
                Err(failure) if failure.is_no_table() => {}
                done => return done.map(drop),
            }
            for table in [sql::MAKE_LOGS, sql::MAKE_SEGMENTS] {
                match rows(client, table, &[]).await {
                    Err(failure) if failure.is_made_by_another() => {}
                    done => drop(done?),
                }
            }
            rows(client, sql::CREATE, &given).await.map(drop)
        };
        self.caller.call(make)?;
        match self.header(log)? {
            Some(there) if there == header => Ok(()),
            Some(_) => Err(RemoteError::OtherHeader(log)),
            None => Err(RemoteError::NoLog(log)),
        }
    }

    fn list(&mut self, log: Uuid, since: Option<&[u8]>) -> Result<Listing, RemoteError> {
        let ahead = self.ahead.take().filter(|(of, _)| *of == log).map(|(_, cursor)| cursor);
        let since = since.and_then(Cursor::unpack);
        if let Some(since) = since {
            if ahead == Some(since) {
                self.behind = Some((log, since));
                let cursor = Some(since.pack());
                return Ok(Listing { names: Vec::new(), cursor, is_whole: false });
            }
            let mut names = Vec::new();
            if let Some(last) = self.pages(log, since, &mut names)? {
                self.behind = Some((log, last));
                return Ok(Listing { names, cursor: Some(last.pack()), is_whole: false });
            }
        }
        let mut names = Vec::new();
        let last = self.pages(log, Cursor::START, &mut names)?;
        if last.is_none_or(|last| last == Cursor::START) && self.header(log)?.is_none() {
            return Err(RemoteError::NoLog(log));
        }
        // By the next listing, others might have come.
        self.ahead = None;
        self.behind = last.map(|last| (log, last));
        names.sort_unstable();
        Ok(Listing { names, cursor: last.map(Cursor::pack), is_whole: true })
    }

    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError> {
        let mut rest = names;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |name: &&Name| {
                if !self.kept.contains_key(*name) {
                    bytes += self.sizes.get(*name).copied().unwrap_or(MOST_BYTES).min(MOST_BYTES);
                }
                bytes <= AT_ONCE
            };
            let fitting = rest.iter().take(MOST_AT_ONCE).take_while(fits).count().max(1);
            let (now, later) = rest.split_at(fitting.min(rest.len()));
            rest = later;
            let is_far = |name: &&Name| !self.kept.contains_key(*name);
            let far: Vec<Name> = now.iter().filter(is_far).copied().collect();
            let got = self.get_all(log, &far)?;
            let mut got = far.into_iter().zip(got).collect::<HashMap<Name, Option<Vec<u8>>>>();
            for name in now {
                let found = match self.kept.remove(name) {
                    Some(body) => {
                        self.kept_bytes = self.kept_bytes.saturating_sub(body.len());
                        Some(body)
                    }
                    None => got.remove(name).flatten(),
                };
                // What is too long is there, and is not what its name says.
                let is_long = self.sizes.get(name).is_some_and(|size| *size > MOST_BYTES);
                take(*name, found.or_else(|| is_long.then(Vec::new)));
            }
        }
        Ok(())
    }

    fn put(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Option<Vec<u8>>, RemoteError> {
        let mut rest = segments;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |(_, body): &&(Name, Vec<u8>)| {
                bytes += body.len();
                bytes <= AT_ONCE
            };
            let fitting = rest.iter().take(MOST_AT_ONCE).take_while(fits).count().max(1);
            let (now, later) = rest.split_at(fitting.min(rest.len()));
            rest = later;
            for (position, (name, _)) in self.put_all(log, now)?.into_iter().zip(now) {
                let behind = self.behind.filter(|(of, _)| *of == log).map(|(_, cursor)| cursor);
                let follows = behind.filter(|behind| behind.position.checked_add(1) == position);
                // What somebody else put in between is still to be listed.
                self.behind = follows
                    .and(position)
                    .map(|position| (log, Cursor { position, name: name.pack() }));
            }
        }
        Ok(self.behind.filter(|(of, _)| *of == log).map(|(_, cursor)| cursor.pack()))
    }

    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError> {
        let (mut is_last, mut has_log) = (false, true);
        // Who put something until the log was gone might have left it.
        while !is_last || has_log {
            let statement = match (is_last, has_log) {
                (true, true) => sql::ERASE_LOG,
                _ => sql::ERASE_SEGMENTS,
            };
            let erased = self.caller.call(async |client| {
                let given: [Given<'_>; 1] = [(&log, Type::UUID)];
                match client.execute_typed(statement, &given).await.map_err(Failure::from) {
                    Err(failure) if failure.is_no_table() => Ok(0),
                    erased => erased,
                }
            })?;
            if statement == sql::ERASE_LOG {
                (is_last, has_log) = (false, false);
            } else {
                is_last = erased == 0;
            }
        }
        // The backups of a database are its owner's.
        Ok(Erased::HistoryStays)
    }
}

impl Postgres {
    /// The bytes of segments, all asked for at once.
    fn get_all(&mut self, log: Uuid, names: &[Name]) -> Result<Vec<Option<Vec<u8>>>, RemoteError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let most = i32::try_from(MOST_BYTES).unwrap_or(i32::MAX);
        self.caller.call(async |client| {
            let one = async |name: &Name| {
                let name = name.pack();
                let name = name.as_slice();
                let given: [Given<'_>; 3] =
                    [(&log, Type::UUID), (&name, Type::BYTEA), (&most, Type::INT4)];
                let rows = match rows(client, sql::GET, &given).await {
                    Err(failure) if failure.is_no_table() => {
                        return Err(RemoteError::NoLog(log).into());
                    }
                    rows => rows?,
                };
                Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
            };
            join_all(names.iter().map(one)).await.into_iter().collect()
        })
    }

    /// Puts segments, all at once, and gives their positions; none for those that were there.
    fn put_all(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Vec<Option<i64>>, RemoteError> {
        self.caller.call(async |client| {
            let one = async |(name, body): &(Name, Vec<u8>)| {
                let name = name.pack();
                let (name, body) = (name.as_slice(), body.as_slice());
                let given: [Given<'_>; 3] =
                    [(&log, Type::UUID), (&name, Type::BYTEA), (&body, Type::BYTEA)];
                match rows(client, sql::PUT, &given).await {
                    Err(failure) if failure.is_there() => {
                        // The name, or the position, of which only the first is well.
                        let rows = rows(client, sql::FIND, &given[..2]).await?;
                        if rows.is_empty() {
                            let said = "two of its segments would have one position".to_owned();
                            return Err(RemoteError::Foreign { said }.into());
                        }
                        Ok(None)
                    }
                    Err(failure) if failure.is_no_table() => Err(RemoteError::NoLog(log).into()),
                    rows => match rows?.first() {
                        Some(row) => Ok(Some(row.try_get(0)?)),
                        None => Err(RemoteError::NoLog(log).into()),
                    },
                }
            };
            join_all(segments.iter().map(one)).await.into_iter().collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_cursor_of_another_remote_is_none() {
        let cursor = Cursor { position: 7, name: [9; 32] };
        assert_eq!(Cursor::unpack(&cursor.pack()), Some(cursor));
        for other in [&[][..], &[0; 8], &[0; 39], &[0; 41], &[255; 40]] {
            assert_eq!(Cursor::unpack(other), None);
        }
    }

    #[test]
    fn an_address_that_cannot_be_used_is_told_at_once() {
        let database = Database::read("postgres://h/db?sslmode=disable").unwrap().unwrap();
        let session = Session { time: Duration::from_secs(5), can_ask: false };
        let refused = open(&database, session).logs();
        assert!(
            matches!(refused, Err(RemoteError::Foreign { said }) if said.contains("verify-full"))
        );
    }
}
