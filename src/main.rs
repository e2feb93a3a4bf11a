//! The program: hands the arguments and the real input and output to [`milepost::run`].

fn main() -> milepost::Ended {
    milepost::run(std::env::args_os(), &mut milepost::Io::real())
}
