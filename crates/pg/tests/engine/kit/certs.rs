//! Certificates for servers, made by OpenSSL.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::home::run;
use crate::engines;

/// An authority that no system knows, and the certificates that it gave.
pub struct Authority {
    folder: TempDir,
}

/// When a certificate is good.
#[derive(Clone, Copy)]
pub enum Validity {
    Now,
    /// Its last day was years ago.
    Expired,
    /// Its first day is in years.
    NotYet,
}

impl Authority {
    /// A new one, with a name and a key of its own; none where OpenSSL is not installed, which is said.
    pub fn new() -> Option<Self> {
        if engines::program(&["openssl"]).is_none() {
            engines::missing("no OpenSSL");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("milepost-pg-ca-").tempdir().unwrap();
        let authority = Self { folder };
        let settings = "
            [req]
            distinguished_name = name
            [name]
            [authority]
            basicConstraints = critical, CA:true
            keyUsage = critical, keyCertSign, cRLSign
            subjectKeyIdentifier = hash
            [ca]
            default_ca = ours
            [ours]
            database = index
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
        ";
        std::fs::write(authority.path("settings"), settings).unwrap();
        std::fs::write(authority.path("index"), "").unwrap();
        let mut request = authority.openssl("req -x509 -days 3650 -extensions authority");
        let name = format!("/CN=Authority {}", uuid::Uuid::new_v4().simple());
        request.args(["-config", "settings", "-subj", &name]);
        request.args(NEW_KEY).args(["-keyout", "ca.key", "-out", "ca.pem"]);
        run(&mut request);
        Some(authority)
    }

    /// What a client that trusts it is given: a file with its certificate.
    pub fn certificate(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// Certificate and key, as files, of a server with these names: `DNS:localhost`, `IP:127.0.0.1`.
    pub fn server(&self, names: &[&str], validity: Validity) -> (PathBuf, PathBuf) {
        let number = std::fs::read_dir(self.folder.path()).unwrap().count();
        let file = |kind: &str| format!("server{number}.{kind}");
        let mut request = self.openssl("req -new -config settings -subj /CN=server");
        request.args(NEW_KEY).args(["-keyout", &file("key"), "-out", &file("csr")]);
        run(&mut request);
        let extensions = format!(
            "basicConstraints = CA:false\nextendedKeyUsage = serverAuth\nsubjectAltName = {}\n",
            names.join(", ")
        );
        std::fs::write(self.path(file("ext")), extensions).unwrap();
        let (first, last) = match validity {
            Validity::Now => ("20200101000000Z", "20991231000000Z"),
            Validity::Expired => ("20200101000000Z", "20210101000000Z"),
            Validity::NotYet => ("20980101000000Z", "20991231000000Z"),
        };
        let mut sign =
            self.openssl("ca -batch -notext -config settings -cert ca.pem -keyfile ca.key");
        sign.args(["-startdate", first, "-enddate", last, "-extfile", &file("ext")]);
        sign.args(["-in", &file("csr"), "-out", &file("pem")]);
        run(&mut sign);
        (self.path(file("pem")), self.path(file("key")))
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn openssl(&self, arguments: &str) -> Command {
        let mut command = Command::new("openssl");
        command.current_dir(self.folder.path()).args(arguments.split(' '));
        command.env_remove("OPENSSL_CONF");
        command
    }
}

const NEW_KEY: [&str; 5] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
