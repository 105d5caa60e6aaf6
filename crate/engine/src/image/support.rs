//! How long releases are looked after.

use super::lifecycle::is_code_name;
use super::releases::day_of;
use crate::date::Date;

/// A release that is looked after for some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// The product, as people write it.
    pub product: &'static str,
    /// The release: `3.14`.
    pub name: &'static str,
    /// The end of its support.
    pub end: End,
    /// Its code name, or the day from which it is the one for long-term support, as `YYYY-MM-DD`.
    pub mark: &'static str,
}

impl Cycle {
    /// What people say: `Python 3.14`.
    pub fn title(&self) -> String {
        format!("{} {}", self.product, self.name)
    }

    /// Whether its mark is a code name: `bookworm`.
    pub fn has_code_name(&self) -> bool {
        is_code_name(self.mark)
    }

    /// The last day of its support, where one is known.
    pub fn last_day(&self) -> Option<Date> {
        match self.end {
            End::On(day) => Some(day),
            _ => None,
        }
    }

    /// Whether its support has ended by today, or by the day of the data where nobody knows what day it is.
    pub fn has_ended(&self, today: Option<Date>) -> bool {
        day_of(today).is_some_and(|day| self.end.is_before(day))
    }
}

/// When support ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// No day is set.
    Open,
    /// It has ended, nobody knows when.
    Past,
    /// The last day.
    On(Date),
}

impl End {
    pub(super) fn read(text: &str) -> End {
        match text {
            "ended" => End::Past,
            text => Date::parse(text).map_or(End::Open, End::On),
        }
    }

    /// Whether support has ended by a day.
    pub fn is_before(self, day: Date) -> bool {
        match self {
            End::Open => false,
            End::Past => true,
            End::On(end) => end < day,
        }
    }
}
