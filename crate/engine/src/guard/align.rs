//! Which events of one plan are which of another.

use super::event::{Event, Part};
use layerwise_syntax::list::IntoList;

/// How many more events one side may have than the other, up to any place. Beyond that, two plans count as different.
const BAND: usize = 64;

/// Events side by side, in order: the same ones and kin in pairs, others alone.
pub type Pairs<'e, 'p> = Vec<(Option<&'e Event<'p>>, Option<&'e Event<'p>>)>;

/// The events of two stages side by side, so that as little as can be has changed.
pub fn pairs<'e, 'p>(before: &'e [Event<'p>], after: &'e [Event<'p>]) -> Pairs<'e, 'p> {
    let start = before.iter().zip(after).take_while(|(was, is)| is_same(was, is)).count();
    let (before, after) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = before.iter().rev().zip(after.iter().rev()).take_while(|(was, is)| is_same(was, is)).count();
    let before = before.get(..before.len() - end).unwrap_or_default();
    let after = after.get(..after.len() - end).unwrap_or_default();
    if before.len().abs_diff(after.len()) > BAND {
        let gone = before.iter().map(|was| (Some(was), None));
        return gone.chain(after.iter().map(|is| (None, Some(is)))).into_list();
    }
    cheapest(before, after)
}

/// How one gets to a place in both: both events are one, or that of one side stands alone.
#[derive(Clone, Copy)]
enum Way {
    Pair,
    Gone,
    New,
}

/// What it costs to get to a place, and the last part of the way there.
type Cell = (u32, Way);

const UNREACHED: Cell = (u32::MAX / 2, Way::Pair);

/// The edit distance of two sequences along their diagonal. A row holds what it costs to have gone so far in `before`, for the places in
/// `after` that are at most [`BAND`] away.
fn cheapest<'e, 'p>(before: &'e [Event<'p>], after: &'e [Event<'p>]) -> Pairs<'e, 'p> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for from in 0..=before.len() {
        let first = from.saturating_sub(BAND);
        let mut row: Vec<Cell> = Vec::new();
        for to in first..=(from + BAND).min(after.len()) {
            let was = from.checked_sub(1).and_then(|index| before.get(index));
            let is = to.checked_sub(1).and_then(|index| after.get(index));
            let above = rows.last().map(|above| (above, first.saturating_sub(usize::from(from > BAND))));
            let at = |to: Option<usize>| {
                let (row, first) = above?;
                row.get(to?.checked_sub(first)?).map(|cell| cell.0)
            };
            let mut best = if from == 0 && to == 0 { (0, Way::Pair) } else { UNREACHED };
            let mut offer = |so_far: Option<u32>, cost: Option<u32>, way| {
                let Some(total) = so_far.zip(cost).map(|(so_far, cost)| so_far.saturating_add(cost)) else { return };
                if total < best.0 {
                    best = (total, way);
                }
            };
            offer(at(to.checked_sub(1)), was.zip(is).and_then(|(was, is)| cost_of_pair(was, is)), Way::Pair);
            offer(at(Some(to)), was.map(cost_alone), Way::Gone);
            offer(row.last().filter(|_| to > first).map(|cell| cell.0), is.map(cost_alone), Way::New);
            row.push(best);
        }
        rows.push(row);
    }
    walk_back(&rows, before, after)
}

fn walk_back<'e, 'p>(rows: &[Vec<Cell>], before: &'e [Event<'p>], after: &'e [Event<'p>]) -> Pairs<'e, 'p> {
    let mut pairs = Vec::new();
    let (mut from, mut to) = (before.len(), after.len());
    while from > 0 || to > 0 {
        let cell = rows.get(from).and_then(|row| row.get(to.checked_sub(from.saturating_sub(BAND))?));
        let (was, is) = match cell {
            Some((_, Way::Pair)) => (true, true),
            Some((_, Way::Gone)) => (true, false),
            Some((_, Way::New)) => (false, true),
            None => (from > 0, to > 0),
        };
        from -= usize::from(was && from > 0);
        to -= usize::from(is && to > 0);
        pairs.push((before.get(from).filter(|_| was), after.get(to).filter(|_| is)));
    }
    pairs.reverse();
    pairs
}

fn is_same(was: &Event<'_>, is: &Event<'_>) -> bool {
    was.is_kin_of(is) && was.difference(is).is_none()
}

/// What it costs that an event is another one now; `None` where it cannot be.
fn cost_of_pair(was: &Event<'_>, is: &Event<'_>) -> Option<u32> {
    if !was.is_kin_of(is) {
        return None;
    }
    Some(match was.is_close_kin_of(is) {
        true if was.difference(is).is_none() => 0,
        true => 1,
        false => 3,
    })
}

/// What it costs that an event is there on one side only: commands move more easily than variables, and best what refreshes an index.
fn cost_alone(event: &Event<'_>) -> u32 {
    match event.part {
        Part::Variable(_) => 3,
        Part::Command(command) if command.refreshes_index => 1,
        _ => 2,
    }
}
