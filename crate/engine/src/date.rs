//! Calendar days.

use std::fmt;

/// A day. The engine has no clock: whoever calls it says what day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`.
    pub const fn parse(text: &str) -> Option<Date> {
        let [a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let (Some(century), Some(year)) = (two_digits(*a, *b), two_digits(*c, *d)) else { return None };
        let (Some(month), Some(day)) = (two_digits(*e, *f), two_digits(*g, *h)) else { return None };
        let date = Date { year: widen(century) * 100 + widen(year), month, day };
        if month >= 1 && month <= 12 && day >= 1 && day <= date.days_in_month() { Some(date) } else { None }
    }

    /// The day that lies so many days after 1 January 1970.
    pub fn from_days_since_1970(days: u64) -> Option<Date> {
        let mut left = days;
        let mut date = Date { year: 1970, month: 1, day: 1 };
        while left >= u64::from(date.days_in_month()) {
            left -= u64::from(date.days_in_month());
            date = match date.month {
                12 => Date { year: date.year.checked_add(1)?, month: 1, day: 1 },
                month => Date { month: month + 1, ..date },
            };
        }
        Some(Date { day: date.day + u8::try_from(left).ok()?, ..date })
    }

    /// The day so many days later.
    pub fn plus_days(self, days: u16) -> Date {
        let mut date = self;
        for _ in 0..days {
            date = match (date.month, date.day) {
                (_, day) if day < date.days_in_month() => Date { day: day + 1, ..date },
                (12, _) => Date { year: date.year.saturating_add(1), month: 1, day: 1 },
                (month, _) => Date { month: month + 1, day: 1, ..date },
            };
        }
        date
    }

    const fn days_in_month(self) -> u8 {
        let is_leap = (self.year.is_multiple_of(4) && !self.year.is_multiple_of(100)) || self.year.is_multiple_of(400);
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

const fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() { Some((tens - b'0') * 10 + (ones - b'0')) } else { None }
}

#[allow(clippy::as_conversions, reason = "`u16::from` is not const, and widening loses nothing")]
const fn widen(number: u8) -> u16 {
    number as u16
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_read_and_ordered() {
        let day = |text| Date::parse(text).unwrap();
        assert!(day("2026-08-22") < day("2026-11-01"));
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        assert_eq!(Date::from_days_since_1970(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(day("2026-08-22").plus_days(180), day("2027-02-18"));
        assert_eq!(Date::from_days_since_1970(20_687).unwrap().to_string(), "2026-08-22");
        for bad in ["", "2026-8-22", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00", "２026-01-1"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
