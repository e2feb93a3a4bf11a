//! A connection to the first server of an address that takes writes.
//!
//! Beyond this machine a server must prove who it is, by a certificate for the name that it was asked by. Only
//! on a socket of this machine, and on loopback, nothing is encrypted, unless the address names certificates:
//! nobody else can listen there. There is no switch for less.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Client, Config, Connection, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use milepost::error::reason;

use crate::address::{Address, Server};
use crate::environment;
use crate::failure::Failure;
use crate::password::Sources;
use crate::sql;

/// A connection that is open.
pub(crate) struct Open {
    /// By which statements are given.
    pub client: Client,
    /// What drives it: it ends when the client is gone and the server was told.
    pub driven: JoinHandle<()>,
}

/// Connects to the first server that takes writes. `typed` is the password that the person gave.
pub(crate) async fn connect(
    address: &Address,
    sources: &Sources,
    typed: Option<&[u8]>,
) -> Result<Open, Failure> {
    let mut first = None;
    for server in &address.servers {
        let password = match typed {
            Some(typed) => Some(typed.to_vec()),
            None => sources.known(address, server).map_err(Failure::NoEntry)?,
        };
        let mut config = Config::new();
        config.user(&address.user).dbname(&address.database).application_name("milepost");
        if let Some(password) = &password {
            config.password(password);
        }
        match reach(address, server, config, password.is_some()).await {
            Ok(open) => return Ok(open),
            // Each of the others might be the one that works; what the first said matters most.
            Err(failure) => first = first.or(Some(failure)),
        }
    }
    Err(first.unwrap_or_else(|| Failure::Unreachable("it names no host".to_owned())))
}

async fn reach(
    address: &Address,
    server: &Server,
    mut config: Config,
    has_password: bool,
) -> Result<Open, Failure> {
    match &server.host {
        #[cfg(unix)]
        Host::Unix(folder) => {
            let path = folder.join(format!(".s.PGSQL.{}", server.port));
            let stream = tokio::net::UnixStream::connect(&path);
            let stream =
                stream.await.map_err(|error| unreachable(&path.to_string_lossy(), &error))?;
            config.ssl_mode(SslMode::Disable);
            start(config.connect_raw(stream, NoTls).await, has_password).await
        }
        Host::Tcp(name) => {
            let stream = TcpStream::connect((name.as_str(), server.port)).await;
            let stream = stream.map_err(|error| unreachable(name, &error))?;
            // It only saves time.
            let _ = stream.set_nodelay(true);
            let peer = stream.peer_addr().map_err(|error| unreachable(name, &error))?.ip();
            if is_this_machine(peer) && address.roots.is_none() {
                config.ssl_mode(SslMode::Disable);
                return start(config.connect_raw(stream, NoTls).await, has_password).await;
            }
            let roots = roots(address.roots.as_deref())?;
            let mut tls = MakeRustlsConnect::new(client_config(roots)?);
            let tls = MakeTlsConnect::<TcpStream>::make_tls_connect(&mut tls, name);
            let tls = tls.map_err(|error| Failure::Unproven(format!("{name}: {error}")))?;
            config.ssl_mode(SslMode::Require);
            encrypted(config, stream, tls, has_password).await
        }
    }
}

async fn encrypted<T: TlsConnect<TcpStream>>(
    config: Config,
    stream: TcpStream,
    tls: T,
    has_password: bool,
) -> Result<Open, Failure>
where
    T::Stream: Send + 'static,
{
    start(config.connect_raw(stream, tls).await, has_password).await
}

/// Whether an address is that of this machine: nobody else can listen there.
fn is_this_machine(peer: IpAddr) -> bool {
    peer.to_canonical().is_loopback()
}

/// What a connection that was begun is good for.
async fn start<S, T>(
    begun: Result<(Client, Connection<S, T>), tokio_postgres::Error>,
    has_password: bool,
) -> Result<Open, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (client, connection) = begun.map_err(|error| refused(error, has_password))?;
    let says = |name: &str| connection.parameter(name).map(|value| value == "on");
    // Newer servers say it when they greet.
    let said = (says("in_hot_standby"), says("default_transaction_read_only"));
    let driven = tokio::spawn(async { drop(connection.await) });
    let is_read_only = match said {
        (Some(standby), Some(read_only)) => standby || read_only,
        _ => {
            let rows = client.query_typed(sql::IS_READ_ONLY, &[]).await?;
            rows.first().is_some_and(|row| row.try_get(0).is_ok_and(|said: &str| said == "on"))
        }
    };
    if is_read_only {
        return Err(Failure::Refused(
            "this server only reads: it is a standby, or was set so; name the primary, or both"
                .to_owned(),
        ));
    }
    Ok(Open { client, driven })
}

fn unreachable(name: &str, error: &std::io::Error) -> Failure {
    Failure::Unreachable(format!("{name}: {}", reason(error)))
}

/// What a server that was reached makes of a connection.
fn refused(error: tokio_postgres::Error, has_password: bool) -> Failure {
    let text = error.to_string();
    let why = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    // The driver tells these apart by its words only.
    if text.starts_with("error performing TLS handshake") {
        return Failure::Unproven(match why.contains("does not support TLS") {
            true => "it does not encrypt, which is needed beyond this machine".to_owned(),
            false => format!("it does not prove who it is: {why}"),
        });
    }
    if !has_password && why.contains("password missing") {
        return Failure::NoPassword;
    }
    Failure::Server(error)
}

/// The certificates that are trusted: those of the file, else of PostgreSQL's own file, else of the system.
fn roots(named: Option<&Path>) -> Result<RootCertStore, Failure> {
    let usual = || {
        let of_variable = environment::variable("PGSSLROOTCERT").filter(|file| file != "system");
        let at_home = || environment::at_home(".postgresql/root.crt").filter(|file| file.is_file());
        of_variable.map(Into::into).or_else(at_home)
    };
    let mut roots = RootCertStore::empty();
    match named.map(Path::to_owned).or_else(usual) {
        Some(file) => {
            let unusable = |why: String| {
                let shown = milepost_path::safe::short(&file.display().to_string(), 200);
                Failure::Unproven(format!("the certificates in {shown} cannot be used: {why}"))
            };
            let certificates = CertificateDer::pem_file_iter(&file)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| unusable(error.to_string()))?;
            let (added, _) = roots.add_parsable_certificates(certificates);
            if added == 0 {
                return Err(unusable("there is none in it".to_owned()));
            }
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            let (added, _) = roots.add_parsable_certificates(found.certs);
            if added == 0 {
                let why =
                    "this machine trusts no certificate: name a file with `?sslrootcert=FILE`";
                return Err(Failure::Unproven(why.to_owned()));
            }
        }
    }
    Ok(roots)
}

fn client_config(roots: RootCertStore) -> Result<ClientConfig, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| Failure::Unproven(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_this_machine() {
        for (address, expected) in [
            ("127.0.0.1", true),
            ("127.8.9.10", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("0.0.0.0", false),
            ("10.0.0.1", false),
            ("192.168.1.1", false),
            ("::ffff:10.0.0.1", false),
            ("fe80::1", false),
        ] {
            assert_eq!(is_this_machine(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for name in [file.path(), Path::new("/nowhere/ca.pem")] {
            let Err(Failure::Unproven(said)) = roots(Some(name)) else { panic!("it is refused") };
            assert!(said.contains("cannot be used"), "{said}");
        }
    }
}
