//! Turns `paths/*.toml`, the paths and the career file, into indexes that the program embeds, so
//! that it never parses them, and refuses to build with a file that has an error.

#![allow(clippy::disallowed_methods, reason = "cargo speaks through the environment")]

use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use milepost_path::{Career, Diagnostic, Roadmap, Severity, line_column};

/// In which order paths are listed: what comes first is read first. Others follow by name.
const ORDER: [&str; 3] = ["foundations", "ai-integration", "ml-engineering"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=paths");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    make_small(&out)?;
    let mut readings = Vec::new();
    for path in toml_files(Path::new("paths"))? {
        let text = fs::read_to_string(&path)?;
        let reading = milepost_path::read(&text);
        report(&path, &text, &reading.diagnostics)?;
        readings.push((path, text, reading));
    }
    let roadmaps: Vec<Roadmap> =
        readings.iter().filter_map(|(_, _, reading)| reading.roadmap.clone()).collect();
    for (path, text, reading) in &readings {
        report(path, text, &milepost_path::check_foreign(reading, &roadmaps))?;
    }
    let mut sorted: Vec<(&Roadmap, Vec<&str>)> = readings
        .iter()
        .filter_map(|(_, text, reading)| Some((reading.roadmap.as_ref()?, comments(text))))
        .collect();
    sorted.sort_by_key(|(one, _)| {
        let place = ORDER.iter().position(|id| *id == one.id).unwrap_or(ORDER.len());
        (place, one.id.clone())
    });
    let mut code = String::from(
        "/// All of them.\npub static BUILT_INS: BuiltIns = BuiltIns { paths: PATHS, career: CAREER };\n",
    );
    let updated = roadmaps.iter().filter_map(|roadmap| roadmap.updated).max();
    let updated = updated.map(|day| day.to_string()).unwrap_or_default();
    writeln!(code, "/// The day of the newest of them.\npub const UPDATED: &str = {updated:?};")?;
    writeln!(
        code,
        "/// The system for which the program was built.\npub const TARGET: &str = {:?};",
        std::env::var("TARGET")?
    )?;
    code.push_str("static PATHS: &[BuiltIn] = &[\n");
    for (roadmap, comments) in sorted {
        let file = out.join(format!("{}.index", roadmap.id));
        let index = postcard::to_stdvec(roadmap)?;
        fs::write(&file, &index)?;
        let mut hash = DefaultHasher::new();
        index.hash(&mut hash);
        let (id, mentions) = (&roadmap.id, roadmap.mentions());
        writeln!(
            code,
            "    BuiltIn {{ id: {id:?}, mentions: &{mentions:?}, \
             replaces: &{:?}, fingerprint: {}, comments: &{comments:?}, \
             index: include_bytes!({:?}) }},",
            roadmap.replaces,
            hash.finish(),
            file.display().to_string()
        )?;
    }
    code.push_str("];\n");
    let careers: Vec<&Career> =
        readings.iter().filter_map(|(_, _, reading)| reading.career.as_ref()).collect();
    let [career] = careers.as_slice() else {
        return Err(format!("paths has {} career files, not one", careers.len()).into());
    };
    let file = out.join("career.index");
    fs::write(&file, postcard::to_stdvec(career)?)?;
    writeln!(code, "static CAREER: &[u8] = include_bytes!({:?});", file.display().to_string())?;
    fs::write(out.join("built_in.rs"), code)?;
    Ok(())
}

/// Links the release of the program with what takes less room. A panic aborts it, so the tables by which one
/// would unwind are left out, a tenth of the program. And what is to be relocated at the start is packed, a
/// twentieth, where the C library of this machine can unpack it: glibc since 2.36.
fn make_small(out: &Path) -> Result<(), Box<dyn Error>> {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    let is_here = std::env::var_os("HOST") == std::env::var_os("TARGET");
    if !(is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is_here) {
        return Ok(());
    }
    let link = |argument: &str| println!("cargo::rustc-link-arg-bin=milepost=-Wl,{argument}");
    link("--no-eh-frame-hdr");
    if is("CARGO_CFG_TARGET_ENV", "gnu") {
        let script = out.join("without-tables.ld");
        fs::write(&script, "SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .text;\n")?;
        // A comma would end the argument.
        if let Some(script) = script.to_str().filter(|script| !script.contains(',')) {
            link(&format!("-T,{script}"));
        }
        if glibc().is_some_and(|found| found >= (2, 36)) {
            link("-z,pack-relative-relocs");
        }
    }
    Ok(())
}

/// The version of the C library that programs of this machine run with.
fn glibc() -> Option<(u32, u32)> {
    let found = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(found.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The comments at the top of a file, which the program keeps; `tests/content.rs` sees that there are
/// no others.
fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .map_while(|line| line.strip_prefix('#'))
        .filter(|comment| !comment.starts_with(":schema "))
        .map(str::trim)
        .collect()
}

fn report(path: &Path, text: &str, diagnostics: &[Diagnostic]) -> Result<(), Box<dyn Error>> {
    let mut bad = false;
    for one in diagnostics {
        let (line, column) = line_column(text, one.span.start);
        let place = format!("{}:{line}:{column}", path.display());
        println!("cargo::warning={place}: [{}] {}", one.code.as_str(), one.message);
        bad |= one.severity == Severity::Error;
    }
    if bad { Err(format!("{} has errors", path.display()).into()) } else { Ok(()) }
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
