//! A line chart for the terminal: braille dots, or ASCII where these cannot be shown. Lines differ by
//! their pattern, never by colour alone. `status --burndown` draws it.

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Without a gap.
    Solid,
    /// With gaps as long as its strokes.
    Dashed,
    /// Single dots.
    Dotted,
}

impl Pattern {
    fn draws(self, step: usize) -> bool {
        match self {
            Self::Solid => true,
            Self::Dashed => step % 8 < 4,
            Self::Dotted => step.is_multiple_of(4),
        }
    }

    /// The character that stands for it in ASCII.
    fn ascii(self) -> char {
        match self {
            Self::Solid => '*',
            Self::Dashed => '-',
            Self::Dotted => '.',
        }
    }

    /// How it looks, for a legend.
    pub(crate) fn sample(self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Self::Solid, true) => "⠤⠤⠤⠤",
            (Self::Dashed, true) => "⠤⠤ ⠤",
            (Self::Dotted, true) => "⠄ ⠄ ",
            (Self::Solid, false) => "****",
            (Self::Dashed, false) => "----",
            (Self::Dotted, false) => "....",
        }
    }
}

/// A line through points; both coordinates from 0 to 1, the second upwards.
#[derive(Debug, Clone)]
pub struct Line {
    /// The points, in the order in which they are joined.
    pub points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub pattern: Pattern,
}

/// Dots of a braille cell by column and row, from the upper left.
const DOTS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// The lines as `rows` rows of `columns` characters; what lies outside is left out. A line that is
/// named earlier hides one that is named later where both would be drawn in ASCII.
pub(crate) fn plot(lines: &[Line], columns: usize, rows: usize, unicode: bool) -> Vec<String> {
    let (across, down) = if unicode { (2, 4) } else { (1, 1) };
    let (width, height) = (columns * across, rows * down);
    let mut dots = vec![0_u32; columns * rows];
    let mut chars = vec![' '; columns * rows];
    for line in lines.iter().rev() {
        for (x, y) in pixels(line, width, height) {
            let cell = (y / down) * columns + x / across;
            let dot = DOTS.get(x % across).and_then(|column| column.get(y % down));
            if let (Some(cell), Some(dot)) = (dots.get_mut(cell), dot) {
                *cell |= dot;
            }
            if let Some(char) = chars.get_mut(cell) {
                *char = line.pattern.ascii();
            }
        }
    }
    let draw = |at: usize| {
        if !unicode {
            return chars.get(at).copied().unwrap_or(' ');
        }
        match dots.get(at) {
            None | Some(0) => ' ',
            Some(dots) => char::from_u32(0x2800 + dots).unwrap_or(' '),
        }
    };
    (0..rows).map(|row| (0..columns).map(|column| draw(row * columns + column)).collect()).collect()
}

/// The dots of a line, from the upper left.
fn pixels(line: &Line, width: usize, height: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if width == 0 || height == 0 {
        return found;
    }
    let (right, bottom) = ((width - 1) as f64, (height - 1) as f64);
    let place = |(x, y): (f64, f64)| (x * right, (1.0 - y) * bottom);
    let mut step = 0;
    for pair in line.points.windows(2) {
        let &[from, to] = pair else { continue };
        let ((x0, y0), (x1, y1)) = (place(from), place(to));
        let length = (x1 - x0).abs().max((y1 - y0).abs());
        if !length.is_finite() {
            continue;
        }
        let steps = (length.ceil() as usize).clamp(1, 4 * (width + height));
        for at in 0..=steps {
            let part = at as f64 / steps as f64;
            let (x, y) = ((x0 + (x1 - x0) * part).round(), (y0 + (y1 - y0) * part).round());
            let inside = (0.0..=right).contains(&x) && (0.0..=bottom).contains(&y);
            if inside && line.pattern.draws(step) {
                found.push((x as usize, y as usize));
            }
            step += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)], pattern: Pattern) -> Line {
        Line { points: points.to_vec(), pattern }
    }

    #[test]
    fn a_diagonal() {
        let falling = [line(&[(0.0, 1.0), (1.0, 0.0)], Pattern::Solid)];
        assert_eq!(plot(&falling, 3, 3, false), ["*  ", " * ", "  *"]);
        assert_eq!(plot(&falling, 2, 1, true), ["⠑⢄"]);
    }

    #[test]
    fn the_first_line_hides_the_later_ones() {
        let flat = [(0.0, 0.0), (1.0, 0.0)];
        let lines = [line(&flat, Pattern::Solid), line(&flat, Pattern::Dotted)];
        assert_eq!(plot(&lines, 4, 1, false), ["****"]);
    }

    #[test]
    fn patterns_differ_without_colour() {
        let flat = [(0.0, 0.5), (1.0, 0.5)];
        let drawn = [Pattern::Solid, Pattern::Dashed, Pattern::Dotted]
            .map(|pattern| plot(&[line(&flat, pattern)], 20, 1, true));
        assert_ne!(drawn[0], drawn[1]);
        assert_ne!(drawn[1], drawn[2]);
        assert_ne!(drawn[0], drawn[2]);
    }

    #[test]
    fn anything_can_be_drawn() {
        let odd = [f64::NAN, f64::INFINITY, -1e300, 1e300, 0.5, -1.0, 2.0];
        for x in odd {
            for y in odd {
                let lines = [line(&[(0.0, 0.0), (x, y), (1.0, 1.0)], Pattern::Solid)];
                for (columns, rows) in [(0, 0), (1, 1), (0, 5), (5, 0), (30, 6)] {
                    let drawn = plot(&lines, columns, rows, true);
                    assert_eq!(drawn.len(), rows);
                    assert!(drawn.iter().all(|row| row.chars().count() == columns));
                }
            }
        }
    }
}
