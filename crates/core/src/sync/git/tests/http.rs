//! A small web server that serves repositories through `git http-backend`, or asks for a password, or
//! never answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// How a server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Everybody can read and write.
    Open,
    /// Everybody can read, and nobody can write.
    ReadOnly,
    /// A client that sends `Basic bWU6czNjcmV0` reads and writes.
    Password,
    /// It takes what comes and says nothing.
    Silent,
}

/// Serves the repositories of a folder until the tests end.
pub(super) fn serve(folder: PathBuf, manner: Manner) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut silent = Vec::new();
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            if manner == Manner::Silent {
                silent.push(stream);
            } else {
                thread::spawn(move || drop(answer(stream, folder, manner)));
            }
        }
    });
    address
}

fn answer(stream: TcpStream, folder: PathBuf, manner: Manner) -> std::io::Result<()> {
    let mut to = stream.try_clone()?;
    let mut from = BufReader::new(stream);
    let mut line = String::new();
    from.read_line(&mut line)?;
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default().to_owned();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => break,
        }
    }
    let header = |name: &str| {
        headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    };
    if manner == Manner::Password && header("authorization") != "Basic bWU6czNjcmV0" {
        let answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"log\"\r\n\
                      Content-Length: 0\r\nConnection: close\r\n\r\n";
        return to.write_all(answer.as_bytes());
    }
    if header("expect") == "100-continue" {
        to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let mut body = Vec::new();
    if header("transfer-encoding") == "chunked" {
        loop {
            let mut size = String::new();
            from.read_line(&mut size)?;
            let size = u64::from_str_radix(size.trim(), 16).unwrap_or(0);
            from.by_ref().take(size).read_to_end(&mut body)?;
            from.read_line(&mut String::new())?;
            if size == 0 {
                break;
            }
        }
    } else {
        let length = header("content-length").parse().unwrap_or(0);
        from.by_ref().take(length).read_to_end(&mut body)?;
    }
    let mut command = Command::new("git");
    command.arg("http-backend").env("GIT_PROJECT_ROOT", folder).env("GIT_HTTP_EXPORT_ALL", "1");
    command.env("REQUEST_METHOD", method).env("PATH_INFO", path).env("QUERY_STRING", query);
    command.env("CONTENT_TYPE", header("content-type"));
    command.env("CONTENT_LENGTH", body.len().to_string());
    command.env("HTTP_CONTENT_ENCODING", header("content-encoding"));
    command.env("GIT_PROTOCOL", header("git-protocol")).env("GIT_CONFIG_NOSYSTEM", "1");
    if manner != Manner::ReadOnly {
        command.env("REMOTE_USER", "me");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || drop(stdin.write_all(&body)));
    let output = child.wait_with_output()?;
    writer.join().unwrap();
    let at = output.stdout.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(0);
    let (head, body) = output.stdout.split_at(at);
    let head = String::from_utf8_lossy(head).into_owned();
    let mut status = "200 OK";
    let mut kept = String::new();
    for line in head.lines() {
        match line.strip_prefix("Status: ") {
            Some(other) => status = other,
            None => kept.push_str(&format!("{line}\r\n")),
        }
    }
    let length = body.len().saturating_sub(4);
    write!(to, "HTTP/1.1 {status}\r\n{kept}Content-Length: {length}\r\nConnection: close\r\n\r\n")?;
    to.write_all(body.get(4..).unwrap_or_default())
}
