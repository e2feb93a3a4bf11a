//! Learners that are made up, walked day by day: how far off the forecast is, how often the range
//! holds, and how much it moves from week to week.
//!
//! `cargo test --test time -- --nocapture` prints the table. A learner has a route of 927 h, studies on
//! three evenings a week, and takes a factor of what each thing is said to take; what it takes in truth
//! is known to nobody but this file. The figures that must hold are asserted at the end.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the tables; a walk that ends is a fault"
)]

mod before;
mod learner;
mod life;
mod two_years;

use learner::{LEARNERS, Learner, Most, STEADY, Walk};

/// What a kind of learner comes to.
#[derive(Default)]
struct Figures {
    /// How far off the middle was, as parts of the time that was left.
    errors: Vec<f64>,
    /// How many arrived in the range.
    covered: usize,
    /// Days by which the middle moved in a week: in weeks 10 to 40, up to 100, later.
    moves: [Vec<f64>; 3],
    /// Weeks without a forecast.
    without: usize,
}

/// The value below which this share of some is.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
}

impl Figures {
    fn of(learner: &Learner, lives: u64) -> Self {
        let mut figures = Self::default();
        for seed in 0..lives {
            figures.add(&Walk::new(learner, seed));
        }
        figures
    }

    fn add(&mut self, walk: &Walk) {
        let mut before: Option<f64> = None;
        for week in 9..walk.end / 7 {
            let today = 7 * week - 1;
            let found = walk.forecast(today);
            if week >= 10 {
                match found {
                    None => self.without += 1,
                    Some([earliest, middle, latest]) => {
                        let end = walk.end as f64;
                        self.errors.push((middle - end).abs() / (end - today as f64));
                        self.covered += usize::from((earliest..=latest).contains(&end));
                        if let Some(before) = before {
                            let part = usize::from(week >= 40) + usize::from(week >= 100);
                            self.moves[part].push((middle - before).abs());
                        }
                    }
                }
            }
            before = found.map(|[_, middle, _]| middle);
        }
    }

    fn error(&mut self) -> f64 {
        quantile(&mut self.errors, 0.5)
    }

    fn cover(&self) -> f64 {
        self.covered as f64 / self.errors.len().max(1) as f64
    }

    fn large_moves(&self, part: usize) -> f64 {
        let large = self.moves[part].iter().filter(|days| **days > 30.0).count();
        100.0 * large as f64 / self.moves[part].len().max(1) as f64
    }

    fn print(&mut self, name: &str) {
        let moves = [0, 1, 2].map(|part| self.large_moves(part));
        let p95 = [0, 1, 2].map(|part| quantile(&mut self.moves[part], 0.95));
        let most = self.moves.iter().flatten().fold(0.0_f64, |most, days| most.max(*days));
        println!(
            "{name:34} {:5.2} {:6.2} {:6.1} {:6.1} {:6.1} {:6.0} {:6.0} {:6.0} {most:6.0} {:5}",
            self.error(),
            self.cover(),
            moves[0],
            moves[1],
            moves[2],
            p95[0],
            p95[1],
            p95[2],
            self.without,
        );
    }
}

/// Of 30 lives of each learner; two threads halve the time.
fn figures() -> Vec<Figures> {
    let of = |learners: &[(&Learner, Most)]| -> Vec<Figures> {
        learners.iter().map(|(learner, _)| Figures::of(learner, 30)).collect()
    };
    let (some, others) = LEARNERS.split_at(LEARNERS.len() / 2);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| of(others));
        let mut all = of(some);
        all.extend(others.join().unwrap());
        all
    })
}

#[test]
fn a_forecast_holds_still_and_its_range_holds() {
    println!(
        "{:34} {:>5} {:>6} {:>20} {:>20} {:>6} {:>5}",
        "", "error", "cover", "% moves > 30 days", "95 % of moves", "most", "none"
    );
    let mut steady = Figures::of(&STEADY, 120);
    steady.print(STEADY.name);
    let p95 = [0, 1, 2].map(|part| quantile(&mut steady.moves[part], 0.95));
    assert!(p95[0] <= 36.0 && p95[1] <= 20.0 && p95[2] <= 12.0, "{p95:?}");
    assert!((0.75..=0.90).contains(&steady.cover()), "{}", steady.cover());
    assert!(steady.error() <= 0.16, "{}", steady.error());
    let mut wrong = Vec::new();
    for ((learner, most), mut found) in LEARNERS.iter().zip(figures()) {
        found.print(learner.name);
        let (error, cover, large) = (found.error(), found.cover(), found.large_moves(0));
        let holds = error <= most.error && cover >= most.cover && large <= most.moves;
        if found.without > 0 || !holds {
            wrong.push(format!(
                "{}: off by {error:.3}, covers {cover:.3}, {large:.1} % large moves",
                learner.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
