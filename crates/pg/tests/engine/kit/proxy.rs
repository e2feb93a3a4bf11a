//! A proxy on loopback that counts what passes by messages, and breaks it. All can change while it runs.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::Sub;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::cluster::Cluster;
pub use super::frames::Direction;
use super::frames::Phase;

/// Listens on a port of 127.0.0.1 and passes on to another.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

/// What has passed since the proxy began; two of them can be subtracted.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    pub connections: usize,
    /// Times that the server answered after the client spoke. A client that sends on while answers come back
    /// counts as it happens; with a `latency` all that it sends without waiting is one flight.
    pub round_trips: usize,
    pub messages_to_server: usize,
    pub messages_to_client: usize,
    pub bytes_to_server: usize,
    pub bytes_to_client: usize,
    /// Connections that were cut.
    pub cuts: usize,
}

#[derive(Clone, Copy)]
struct Cut {
    direction: Direction,
    after: usize,
    /// One connection of so many; none: only the next that gets there.
    every: Option<usize>,
}

#[derive(Clone, Copy, Default)]
struct Faults {
    cut: Option<Cut>,
    stall: Option<(Direction, usize)>,
    trickle: Duration,
    latency: Duration,
    refuse: bool,
}

#[derive(Default)]
struct State {
    target: u16,
    faults: Faults,
    counts: Counts,
    recorded: Option<(Vec<u8>, Vec<u8>)>,
    connections: Vec<Weak<Connection>>,
    is_over: bool,
}

struct Shared {
    state: Mutex<State>,
    /// The faults are others, or a connection was cut.
    changed: Condvar,
}

impl Proxy {
    /// One before this cluster.
    pub fn to(cluster: &Cluster) -> Self {
        Self::to_port(cluster.port())
    }

    /// One before a port of 127.0.0.1.
    pub fn to_port(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Mutex::new(State { target, ..State::default() });
        let shared = Arc::new(Shared { state, changed: Condvar::new() });
        let accepting = Arc::clone(&shared);
        let listener = std::thread::spawn(move || accepting.accept(&listener));
        Self { port, shared, listener: Some(listener) }
    }

    /// Where it listens, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// New connections go to another port, as after a failover.
    pub fn switch_to(&self, target: u16) {
        self.shared.lock().target = target;
    }

    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        self.shared.lock().open().len()
    }

    /// The next connection on which `after` messages passed in this direction is cut there, and no other.
    ///
    /// The server ends the session before the client sees the cut, so what it did is settled by then; what it
    /// still answered is lost. With 0, nothing passes.
    pub fn cut_after(&self, direction: Direction, after: usize) {
        self.change(|faults| faults.cut = Some(Cut { direction, after, every: None }));
    }

    /// Every `nth` connection, counted from the start of the proxy, is cut as by `cut_after`.
    pub fn cut_every_nth_connection(&self, nth: usize, direction: Direction, after: usize) {
        self.change(|faults| faults.cut = Some(Cut { direction, after, every: Some(nth) }));
    }

    /// Cuts all connections that are open.
    pub fn cut_now(&self) {
        let mut state = self.shared.lock();
        for connection in state.open() {
            let mut progress = connection.lock();
            if progress.cut_at.is_none() {
                progress.cut_at = Some(Instant::now());
                state.counts.cuts += 1;
            }
            let _ = connection.server.shutdown(Shutdown::Write);
        }
        self.shared.changed.notify_all();
    }

    /// Closes each new connection at once.
    pub fn refuse(&self) {
        self.change(|faults| faults.refuse = true);
    }

    /// Holds a connection, in both directions, when `after` messages passed in this one. It stays open.
    pub fn stall_after(&self, direction: Direction, after: usize) {
        self.change(|faults| faults.stall = Some((direction, after)));
    }

    /// Passes each byte alone, this long after the one before it.
    pub fn trickle(&self, delay: Duration) {
        self.change(|faults| faults.trickle = delay);
    }

    /// Keeps the first answer to each flight of the client for so long.
    pub fn latency(&self, delay: Duration) {
        self.change(|faults| faults.latency = delay);
    }

    /// No more faults; what is held goes on.
    pub fn heal(&self) {
        self.change(|faults| *faults = Faults::default());
    }

    /// Keeps all that passes from now on.
    pub fn record(&self) {
        self.shared.lock().recorded = Some(Default::default());
    }

    /// What passed since `record`.
    pub fn recorded(&self, direction: Direction) -> Vec<u8> {
        let state = self.shared.lock();
        let (to_server, to_client) = state.recorded.as_ref().expect("a call of record()");
        match direction {
            Direction::ToServer => to_server.clone(),
            Direction::ToClient => to_client.clone(),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Faults)) {
        change(&mut self.shared.lock().faults);
        self.shared.changed.notify_all();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let open = {
            let mut state = self.shared.lock();
            state.is_over = true;
            state.open()
        };
        for connection in open {
            connection.close();
        }
        self.shared.changed.notify_all();
        // The listener looks whether it is over with each connection.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        let _ = self.listener.take().map(JoinHandle::join);
    }
}

impl Sub for Counts {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            connections: self.connections - earlier.connections,
            round_trips: self.round_trips - earlier.round_trips,
            messages_to_server: self.messages_to_server - earlier.messages_to_server,
            messages_to_client: self.messages_to_client - earlier.messages_to_client,
            bytes_to_server: self.bytes_to_server - earlier.bytes_to_server,
            bytes_to_client: self.bytes_to_client - earlier.bytes_to_client,
            cuts: self.cuts - earlier.cuts,
        }
    }
}

impl State {
    fn open(&mut self) -> Vec<Arc<Connection>> {
        self.connections.retain(|connection| connection.strong_count() > 0);
        self.connections.iter().filter_map(Weak::upgrade).collect()
    }
}

/// A client and the server, and how far they are.
struct Connection {
    number: usize,
    client: TcpStream,
    server: TcpStream,
    progress: Mutex<Progress>,
}

struct Progress {
    phase: Phase,
    to_server: usize,
    to_client: usize,
    /// Who spoke last.
    last: Option<Direction>,
    cut_at: Option<Instant>,
}

/// How long a server has to end a session that was cut.
const END: Duration = Duration::from_secs(2);
/// How soon a change is seen by who waits for bytes.
const TICK: Duration = Duration::from_millis(20);

impl Connection {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap()
    }

    fn close(&self) {
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }

    fn ends(&self, direction: Direction) -> (&TcpStream, &TcpStream) {
        match direction {
            Direction::ToServer => (&self.client, &self.server),
            Direction::ToClient => (&self.server, &self.client),
        }
    }
}

impl Progress {
    fn passed(&mut self, direction: Direction) -> &mut usize {
        match direction {
            Direction::ToServer => &mut self.to_server,
            Direction::ToClient => &mut self.to_client,
        }
    }
}

/// What becomes of a message.
enum Fate {
    Passes {
        trickle: Duration,
    },
    /// It passes, and nothing after it.
    IsLast {
        trickle: Duration,
    },
    IsLost,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn accept(self: Arc<Self>, listener: &TcpListener) {
        for client in listener.incoming().map_while(Result::ok) {
            let (number, target) = {
                let mut state = self.lock();
                if state.is_over {
                    return;
                }
                state.counts.connections += 1;
                let number = state.counts.connections;
                if state.is_cut_here(number, 0, None) || state.faults.refuse {
                    state.counts.cuts += 1;
                    continue;
                }
                (number, state.target)
            };
            let Ok(server) = TcpStream::connect(("127.0.0.1", target)) else { continue };
            for end in [&client, &server] {
                end.set_nodelay(true).unwrap();
                end.set_read_timeout(Some(TICK)).unwrap();
            }
            let progress = Progress {
                phase: Phase::Starting,
                to_server: 0,
                to_client: 0,
                last: None,
                cut_at: None,
            };
            let progress = Mutex::new(progress);
            let connection = Arc::new(Connection { number, client, server, progress });
            self.lock().connections.push(Arc::downgrade(&connection));
            for direction in [Direction::ToServer, Direction::ToClient] {
                let (shared, connection) = (Arc::clone(&self), Arc::clone(&connection));
                std::thread::spawn(move || shared.pump(&connection, direction));
            }
        }
    }

    /// Passes on what comes from this direction until its end.
    fn pump(&self, connection: &Connection, direction: Direction) {
        let (mut from, to) = connection.ends(direction);
        let mut held = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => held.extend_from_slice(&chunk[..count]),
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if connection.lock().cut_at.is_some_and(|at| at.elapsed() > END) {
                        break;
                    }
                }
                Err(_) => break,
            }
            if !self.pass_all(connection, direction, to, &mut held) {
                break;
            }
        }
        match direction {
            // The server can still answer what it has got, and then ends, too.
            Direction::ToServer => drop(connection.server.shutdown(Shutdown::Write)),
            Direction::ToClient => connection.close(),
        }
    }

    /// Passes on the messages that are whole; false when nothing more can pass.
    fn pass_all(
        &self,
        connection: &Connection,
        direction: Direction,
        to: &TcpStream,
        held: &mut Vec<u8>,
    ) -> bool {
        loop {
            let length = connection.lock().phase.length(direction, held);
            let Some(length) = length.filter(|length| *length <= held.len()) else { return true };
            let message: Vec<u8> = held.drain(..length).collect();
            let (trickle, is_last) = match self.fate(connection, direction, &message) {
                Fate::Passes { trickle } => (trickle, false),
                Fate::IsLast { trickle } => (trickle, true),
                Fate::IsLost => continue,
            };
            let passed = write(to, &message, trickle);
            if is_last {
                let _ = connection.server.shutdown(Shutdown::Write);
            }
            if passed.is_err() {
                return false;
            }
        }
    }

    fn fate(&self, connection: &Connection, direction: Direction, message: &[u8]) -> Fate {
        let mut state = self.lock();
        let mut has_waited = false;
        loop {
            let mut progress = connection.lock();
            if progress.cut_at.is_some() || state.is_over {
                return Fate::IsLost;
            }
            let stall = state.faults.stall;
            if stall.is_some_and(|(way, after)| *progress.passed(way) >= after) {
                drop(progress);
                state = self.changed.wait(state).unwrap();
                continue;
            }
            let is_answer =
                direction == Direction::ToClient && progress.last == Some(Direction::ToServer);
            if is_answer && !state.faults.latency.is_zero() && !has_waited {
                let latency = state.faults.latency;
                drop(progress);
                drop(state);
                std::thread::sleep(latency);
                state = self.lock();
                has_waited = true;
                continue;
            }
            state.count(direction, message, is_answer);
            progress.last = Some(direction);
            progress.phase = progress.phase.after(direction, message);
            *progress.passed(direction) += 1;
            let after = *progress.passed(direction);
            let trickle = state.faults.trickle;
            if state.is_cut_here(connection.number, after, Some(direction)) {
                state.counts.cuts += 1;
                progress.cut_at = Some(Instant::now());
                self.changed.notify_all();
                return Fate::IsLast { trickle };
            }
            return Fate::Passes { trickle };
        }
    }
}

impl State {
    fn count(&mut self, direction: Direction, message: &[u8], is_answer: bool) {
        let counts = &mut self.counts;
        counts.round_trips += usize::from(is_answer);
        let (messages, bytes) = match direction {
            Direction::ToServer => (&mut counts.messages_to_server, &mut counts.bytes_to_server),
            Direction::ToClient => (&mut counts.messages_to_client, &mut counts.bytes_to_client),
        };
        *messages += 1;
        *bytes += message.len();
        if let Some((to_server, to_client)) = &mut self.recorded {
            match direction {
                Direction::ToServer => to_server.extend_from_slice(message),
                Direction::ToClient => to_client.extend_from_slice(message),
            }
        }
    }

    /// Whether a connection ends when so many messages passed; without a direction, before the first.
    fn is_cut_here(&mut self, number: usize, passed: usize, way: Option<Direction>) -> bool {
        let Some(cut) = self.faults.cut else { return false };
        let is_here = cut.after == passed && way.is_none_or(|way| way == cut.direction);
        let is_meant = cut.every.is_none_or(|nth| number.is_multiple_of(nth));
        let is_cut = is_here && is_meant;
        if is_cut && cut.every.is_none() {
            self.faults.cut = None;
        }
        is_cut
    }
}

fn write(mut to: &TcpStream, message: &[u8], trickle: Duration) -> std::io::Result<()> {
    if trickle.is_zero() {
        return to.write_all(message);
    }
    for byte in message {
        std::thread::sleep(trickle);
        to.write_all(&[*byte])?;
    }
    Ok(())
}
