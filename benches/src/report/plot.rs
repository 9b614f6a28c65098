//! Bars: how many times as long as the primitive, on a logarithmic scale.

use plotters::backend::SVGBackend;
use plotters::drawing::{DrawingArea, IntoDrawingArea as _};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{BLACK, Color as _, IntoFont as _, RGBColor, TextStyle, WHITE};

use crate::case::Role;
use crate::measure::{Measurements, Time};

/// The groups that are drawn.
const GROUPS: [(&str, &str); 9] = [
    ("verify", "HS256"),
    ("verify-1KB", "HS256"),
    ("sign", "HS256"),
    ("verify", "RS256-2048"),
    ("sign", "RS256-2048"),
    ("verify", "ES256"),
    ("sign", "ES256"),
    ("verify", "EdDSA"),
    ("sign", "EdDSA"),
];

const WIDTH: i32 = 900;
/// Where bars begin, and end at most.
const BARS: (i32, i32) = (250, 820);
const LINE: i32 = 17;
const OURS: RGBColor = RGBColor(0x1f, 0x6f, 0xb4);
const THEIRS: RGBColor = RGBColor(0xb5, 0xb5, 0xb5);

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// The plot as SVG.
///
/// # Errors
///
/// What the drawing library says.
pub fn plot(measurements: &Measurements) -> Result<String, String> {
    let groups: Vec<Vec<(&Time, f64)>> = GROUPS
        .iter()
        .map(|(operation, algorithm)| bars(measurements, operation, algorithm))
        .filter(|group| !group.is_empty())
        .collect();
    let most = groups.iter().flatten().map(|(_, ratio)| *ratio).fold(2.0, f64::max);
    let lines: usize = groups.iter().map(|group| group.len() + 2).sum();
    let height = LINE * i32::try_from(lines).map_err(|error| error.to_string())? + 4 * LINE;
    let mut svg = String::new();
    let size = (WIDTH.cast_unsigned(), height.cast_unsigned());
    let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
    draw(&area, &groups, most, height).map_err(|error| error.to_string())?;
    area.present().map_err(|error| error.to_string())?;
    drop(area);
    Ok(svg)
}

/// What takes part in a group but the primitive, with its ratio to it.
fn bars<'m>(measurements: &'m Measurements, operation: &str, algorithm: &str) -> Vec<(&'m Time, f64)> {
    let of_group = |time: &&Time| time.operation == operation && time.algorithm == algorithm;
    let group: Vec<&Time> = measurements.times.iter().filter(of_group).collect();
    let Some(floor) = group.iter().find(|time| time.role == Role::Floor) else { return Vec::new() };
    let others = group.iter().filter(|time| time.role != Role::Floor);
    others.filter_map(|time| Some((*time, *time.ratios.get(&floor.implementation)?))).collect()
}

fn draw(
    area: &Area<'_>,
    groups: &[Vec<(&Time, f64)>],
    most: f64,
    height: i32,
) -> Result<(), impl std::error::Error + use<>> {
    let left = Pos::new(HPos::Left, VPos::Center);
    let text =
        |size: i32, anchor: Pos| TextStyle::from(("sans-serif", size).into_font()).pos(anchor).color(&BLACK);
    area.fill(&WHITE)?;
    let title = "Time as a multiple of the primitive alone (logarithmic; shorter is better)";
    area.draw(&Text::new(title, (10, LINE), text(15, left)))?;
    let mut y = 3 * LINE;
    for mark in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().filter(|mark| *mark <= most) {
        let x = position(mark, most);
        area.draw(&PathElement::new([(x, y), (x, height - LINE / 2)], THEIRS.mix(0.6)))?;
        area.draw(&Text::new(format!("{mark}"), (x, y - 4), text(11, Pos::new(HPos::Center, VPos::Bottom))))?;
    }
    for group in groups {
        y += LINE;
        let (first, _) = group[0];
        let heading = format!("{} {}", first.operation.replace('-', ", "), first.algorithm);
        area.draw(&Text::new(heading, (10, y), text(13, left)))?;
        y += LINE;
        for (time, ratio) in group {
            let is_ours = time.role == Role::Ours;
            let name = Pos::new(HPos::Right, VPos::Center);
            area.draw(&Text::new(time.implementation.clone(), (BARS.0 - 8, y), text(12, name)))?;
            let end = position(*ratio, most).max(BARS.0 + 1);
            let bar = [(BARS.0, y - LINE / 2 + 3), (end, y + LINE / 2 - 2)];
            area.draw(&Rectangle::new(bar, if is_ours { OURS } else { THEIRS }.filled()))?;
            area.draw(&Text::new(format!("{ratio:.2}"), (end + 5, y), text(11, left)))?;
            y += LINE;
        }
    }
    Ok::<(), plotters::drawing::DrawingAreaErrorKind<_>>(())
}

/// Where a ratio is, in pixels; what is below one is at one.
#[allow(clippy::cast_possible_truncation, reason = "a few hundred pixels")]
fn position(ratio: f64, most: f64) -> i32 {
    let share = ratio.max(1.0).ln() / most.ln();
    BARS.0 + (share * f64::from(BARS.1 - BARS.0)).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_one_and_end_at_the_most() {
        assert_eq!(position(1.0, 20.0), BARS.0);
        assert_eq!(position(0.9, 20.0), BARS.0);
        assert_eq!(position(20.0, 20.0), BARS.1);
    }

    #[test]
    fn ours_and_theirs_are_drawn() {
        let time = |implementation: &str, role, ratio: f64| Time {
            operation: "verify".into(),
            algorithm: "HS256".into(),
            implementation: implementation.into(),
            role,
            nanoseconds: ratio,
            ratios: [("hmac".to_owned(), ratio)].into(),
        };
        let times = vec![
            time("hmac", Role::Floor, 1.0),
            time("jwt-core", Role::Ours, 1.9),
            time("others", Role::Peer, 8.25),
        ];
        let svg = plot(&Measurements { times, threads: Vec::new() }).expect("it can be drawn");
        for text in ["verify HS256", "jwt-core", "1.90", "others", "8.25", "#1F6FB4", "#B5B5B5"] {
            assert!(svg.contains(text), "{text}\n{svg}");
        }
    }
}
