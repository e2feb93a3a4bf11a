//! `milepost-pg`: milepost, with PostgreSQL as a place that a record is synced with.

fn main() -> milepost::Ended {
    milepost::run(std::env::args_os(), &mut milepost::Io::real())
}
