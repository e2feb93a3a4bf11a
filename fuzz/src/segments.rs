//! What a remote has under the names of a log, also from somebody who has the key: it is taken as it was
//! recorded, or refused.

use milepost_core::internals::sync::fixture::sealed;
use milepost_core::sync::remote::Name;
use milepost_core::sync::{Fault, Key};

/// Reads the kind of what follows on the first line, and then that.
pub fn run(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (kind, rest) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let text = String::from_utf8_lossy(rest);
    match kind {
        b"sealed" => {
            let fault = sealed::opened(Name::of(sealed::STREAM, 1, rest), rest);
            assert!(matches!(fault, Err(Fault::Sealed | Fault::Newer | Fault::Torn)), "{fault:?}");
        }
        b"deflated" => taken(sealed::deflated(rest)),
        b"text" => taken(sealed::text(&text)),
        b"header" if sealed::header(rest).is_ok() => {
            assert!(sealed::header(sealed::good_header().as_bytes()).is_ok());
        }
        b"name" => {
            if let Ok(name) = text.parse::<Name>() {
                assert_eq!(name.to_string(), text);
                assert_eq!(Name::unpack(&name.pack()), name);
            }
        }
        b"key" => {
            if let Ok(key) = Key::read(&text) {
                assert_eq!(Key::read(&key.show()), Ok(key));
            }
        }
        _ => {}
    }
}

/// What is taken is sealed and opened again as the same.
fn taken((name, bytes): (Name, Vec<u8>)) {
    let Ok(events) = sealed::opened(name, &bytes) else {
        return;
    };
    let (segments, too_long) = sealed::cut(&events);
    let again = segments.iter().flat_map(|(name, bytes)| {
        sealed::opened(*name, bytes).expect("what this version sealed opens")
    });
    let again: Vec<_> = again.collect();
    assert_eq!(again.len() + too_long, events.len());
    assert!(too_long > 0 || again == events);
}
