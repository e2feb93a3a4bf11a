//! From what a source says to what a path can say: ids, requirements, and what is guessed.
