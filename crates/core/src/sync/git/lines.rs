//! What git prints for programs, cut into its lines.

use std::ops::ControlFlow;

/// The longest line. Ours have less than 200 bytes; others who can write to the repository decide how long
/// theirs are.
const MOST_BYTES: usize = 64 * 1024;

/// Cuts bytes, which come in pieces, into lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    begun: Vec<u8>,
}

impl Lines {
    /// Takes a piece. It is enough where the line says so, or is too long.
    pub(super) fn feed(
        &mut self,
        mut piece: &[u8],
        mut line: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        while let Some(at) = piece.iter().position(|byte| *byte == b'\n') {
            let (head, rest) = piece.split_at(at);
            piece = rest.get(1..).unwrap_or_default();
            if self.begun.is_empty() {
                line(head)?;
            } else {
                self.begun.extend_from_slice(head);
                let whole = std::mem::take(&mut self.begun);
                line(&whole)?;
            }
        }
        self.begun.extend_from_slice(piece);
        if self.begun.len() > MOST_BYTES {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_in_any_pieces() {
        let text = b"one\ntwo\n\nthree\nhalf";
        for size in 1..=text.len() {
            let mut lines = Lines::default();
            let mut found = Vec::new();
            for piece in text.chunks(size) {
                let flow = lines.feed(piece, |line| {
                    found.push(String::from_utf8(line.to_vec()).unwrap());
                    ControlFlow::Continue(())
                });
                assert!(flow.is_continue());
            }
            assert_eq!(found, ["one", "two", "", "three"], "{size}");
        }
    }

    #[test]
    fn enough_is_enough() {
        let mut lines = Lines::default();
        let mut found = 0;
        let flow = lines.feed(b"a\nb\n", |_| {
            found += 1;
            ControlFlow::Break(())
        });
        assert!(flow.is_break() && found == 1);
        let mut lines = Lines::default();
        let mut never = |_: &[u8]| panic!("there is no end");
        assert!(lines.feed(&[b'x'; MOST_BYTES], &mut never).is_continue());
        assert!(lines.feed(b"x", &mut never).is_break());
    }
}
