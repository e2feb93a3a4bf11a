#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| milepost_fuzz::segments::run(input));
