//! The pieces of text that reports share: safe text, widths, colour, bars, quantities, days, tables.
//!
//! Everything here is pure: values in, text out. No input or output, no clock, no environment, and
//! nothing of milepost but the siblings, so that every rule has a table or a property test beside
//! it. Nothing panics, whatever it is given. A function that returns whole lines ends each of them
//! with a newline; the others return a piece of a line. Commands and `output` call this.

pub mod bar;
pub mod calendar;
pub mod chart;
pub mod columns;
pub mod day;
pub mod paint;
pub mod quantity;
pub mod shell;
pub mod table;
pub mod width;
