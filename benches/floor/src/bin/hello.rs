//! The floor of a start: a Rust program that writes one line.

fn main() {
    println!("hello, world");
}
