//! A client of `chromedriver` (WebDriver over HTTP), as small as these tests need: one session, one
//! request after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::engines;
use crate::fonts::Font;

/// A browser without a window.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts one with a folder of its own that sees one font only; `None` if something is not
    /// installed.
    pub fn start(folder: &Path, font: &Font) -> Option<Self> {
        let programs = engines::program(&["chromium", "chromium-browser", "google-chrome"])
            .zip(engines::program(&["chromedriver"]));
        let Some((chromium, chromedriver)) = programs else {
            engines::missing("no chromium with chromedriver is installed");
            return None;
        };
        let fonts = font.configured(folder)?;
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .env("HOME", folder)
            .env("TZ", "UTC")
            .env("FONTCONFIG_FILE", fonts)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(driver.stdout.take().unwrap());
        let port = said
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse().ok()
            })
            .expect("chromedriver says its port");
        let mut browser = Self { driver, port, session: String::new() };
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let started = browser.call(
            "POST",
            "/session",
            &json!({"capabilities": {"alwaysMatch": {
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                "goog:chromeOptions": {"binary": chromium, "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                    "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", profile,
                ]},
            }}}),
        );
        browser.session = started["sessionId"].as_str().unwrap().to_owned();
        // The browser's own first page asks for a lot.
        browser.post("url", &json!({"url": "about:blank"}));
        browser.requests();
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len(),
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = answer["value"].take();
        assert!(value.get("error").is_none(), "{method} {path}: {value:#}");
        value
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("/session/{}/{path}", self.session), body)
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, command: &str, params: Value) -> Value {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }

    /// Loads a file.
    pub fn open(&self, file: &Path) {
        self.post("url", &json!({"url": format!("file://{}", file.display())}));
    }

    /// A screen of so many pixels across.
    pub fn screen(&self, width: u32) {
        let params =
            json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600});
        self.devtools("Emulation.setDeviceMetricsOverride", params);
    }

    /// What a script returns. The page's own policy forbids scripts; this goes past it.
    pub fn ask(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// The families of the letters in the first element that a selector finds.
    pub fn fonts(&self, selector: &str) -> Vec<String> {
        self.devtools("DOM.enable", json!({}));
        self.devtools("CSS.enable", json!({}));
        let document = self.devtools("DOM.getDocument", json!({}));
        let params = json!({"nodeId": document["root"]["nodeId"], "selector": selector});
        let node = self.devtools("DOM.querySelector", params);
        let found = self.devtools("CSS.getPlatformFontsForNode", node);
        let fonts = found["fonts"].as_array().unwrap();
        let mut families: Vec<String> =
            fonts.iter().map(|font| font["familyName"].as_str().unwrap().to_owned()).collect();
        families.sort();
        families.dedup();
        families
    }

    /// What was logged since the last time this was asked: `browser` is the console.
    pub fn log(&self, kind: &str) -> Vec<Value> {
        self.post("se/log", &json!({"type": kind})).as_array().unwrap().clone()
    }

    /// The addresses that were asked for since the last time.
    pub fn requests(&self) -> Vec<String> {
        let messages = self.log("performance").into_iter().map(|entry| {
            let text = entry["message"].as_str().unwrap().to_owned();
            serde_json::from_str::<Value>(&text).unwrap()["message"].clone()
        });
        messages
            .filter(|message| message["method"] == "Network.requestWillBeSent")
            .map(|message| message["params"]["request"]["url"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser goes with its session, the driver after it.
        if !self.session.is_empty() && !std::thread::panicking() {
            self.call("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        if std::thread::panicking() {
            let _ = TcpStream::connect(("127.0.0.1", self.port)).map(|mut stream| {
                let _ = write!(
                    stream,
                    "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                    self.session
                );
                let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                let _ = stream.read(&mut [0; 64]);
            });
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
