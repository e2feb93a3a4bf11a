//! The skill matrix as a radar: the levels as an area, what the role needs as a dashed outline. The
//! axes are numbered, and the table beside them has the titles, so that text keeps its size.

use std::f64::consts::TAU;

use askama::Template;
use askama::filters::HtmlSafe;
use milepost_core::report::export::{Matrix, MatrixArea};
use milepost_path::HIGHEST;

use super::super::{Options, phrases};
use super::parts::{Day, Note, Proof, notes, proofs};
use crate::text::quantity;
use crate::words;

/// The radius of the highest level, in the picture's own units.
const RADIUS: f64 = 100.0;
/// Where the numbers of the axes are.
const LABELS: f64 = 116.0;
/// With fewer axes there is no area to see.
const LEAST_AXES: usize = 3;

/// The matrix, with its picture.
#[derive(Template)]
#[template(path = "portfolio/radar.html", whitespace = "minimize")]
pub(super) struct Radar<'a> {
    matrix: &'a Matrix,
    fit: Option<String>,
    core: Option<String>,
    picture: Option<Picture>,
    rows: Vec<Row<'a>>,
    /// Whether only what is reached is shown.
    is_public: bool,
}

impl HtmlSafe for Radar<'_> {}

struct Picture {
    rings: Vec<String>,
    axes: Vec<Axis>,
    levels: String,
    targets: Option<String>,
}

struct Axis {
    number: usize,
    end: Point,
    label: Point,
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    /// On the axis with this number of so many, clockwise from the top.
    fn on(axis: usize, axes: usize, radius: f64) -> Self {
        let angle = TAU * axis as f64 / axes as f64;
        let round = |value: f64| (value * 10.0).round() / 10.0 + 0.0;
        Self { x: round(radius * angle.sin()), y: round(-radius * angle.cos()) }
    }
}

struct Row<'a> {
    number: usize,
    area: &'a MatrixArea,
    level: Option<String>,
    on: Option<Day>,
    evidence: Vec<Proof<'a>>,
    notes: Vec<Note<'a>>,
}

/// The radar of a matrix.
pub(super) fn radar(matrix: &Matrix, options: Options) -> Radar<'_> {
    let rows = matrix.areas.iter().enumerate().map(|(at, area)| Row {
        number: at + 1,
        area,
        level: phrases::level(area),
        on: area.on.map(Day::from),
        evidence: proofs(&area.evidence),
        notes: notes(&area.notes, None, options),
    });
    Radar {
        matrix,
        fit: matrix.role.as_ref().map(|role| quantity::percent(role.fit.percent)),
        core: matrix.role.as_ref().map(|role| words::roles::core(&role.core)),
        picture: picture(matrix),
        rows: rows.collect(),
        is_public: options.public,
    }
}

fn picture(matrix: &Matrix) -> Option<Picture> {
    let axes = matrix.areas.len();
    if axes < LEAST_AXES {
        return None;
    }
    let polygon = |level: &dyn Fn(&MatrixArea) -> f64| -> String {
        let points = matrix.areas.iter().enumerate().map(|(at, area)| {
            let Point { x, y } = Point::on(at, axes, level(area) / HIGHEST as f64 * RADIUS);
            format!("{x},{y}")
        });
        points.collect::<Vec<String>>().join(" ")
    };
    let axis = |at: usize| Axis {
        number: at + 1,
        end: Point::on(at, axes, RADIUS),
        label: Point::on(at, axes, LABELS),
    };
    let has_role = matrix.role.is_some();
    Some(Picture {
        rings: (1..=HIGHEST).map(|level| polygon(&|_| level as f64)).collect(),
        axes: (0..axes).map(axis).collect(),
        levels: polygon(&|area| f64::from(area.level.unwrap_or(0))),
        targets: has_role.then(|| polygon(&|area| f64::from(area.target.unwrap_or(0)))),
    })
}
