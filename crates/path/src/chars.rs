//! Which characters are not shown as they are.

/// Whether a character acts on a terminal, or reorders or hides what stands beside it.
pub fn is_unsafe(char: char) -> bool {
    char.is_control() // C0, DEL and C1
        || matches!(
            char,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}' // both separators, then embeddings and overrides
                | '\u{2066}'..='\u{2069}'
                | '\u{E0000}'..='\u{E007F}'
        )
}
