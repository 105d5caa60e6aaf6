//! Times, and how they are told.

use std::time::{Duration, Instant};

/// The fastest of so many times.
pub fn best(times: u32, mut work: impl FnMut()) -> Duration {
    best_with(times, || (), |()| work())
}

/// The fastest of so many times, each with something that is made for it; the making is not timed.
pub fn best_with<T>(times: u32, make: impl Fn() -> T, mut work: impl FnMut(&T)) -> Duration {
    let once = |_| {
        let made = make();
        let start = Instant::now();
        work(&made);
        start.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

pub fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

pub fn mean(times: &[Duration]) -> f64 {
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    microseconds(times.iter().sum::<Duration>() / count)
}

/// The time, in microseconds, below which so many hundredths of these stay.
pub fn hundredth(sorted: &[Duration], part: usize) -> f64 {
    let index = (sorted.len() * part / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |time| microseconds(*time))
}

#[cfg(test)]
mod tests {
    use super::{hundredth, mean};
    use std::time::Duration;

    #[test]
    fn hundredths_are_times_that_some_file_took() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_micros).collect();
        assert_eq!((hundredth(&times, 50), hundredth(&times, 99)), (101.0, 199.0));
        assert_eq!(hundredth(&times, 100), 200.0);
        assert_eq!(hundredth(&[], 50), 0.0);
    }

    #[test]
    fn the_mean_of_nothing_is_nothing() {
        assert_eq!(mean(&[]), 0.0);
        assert_eq!(mean(&[Duration::from_micros(1), Duration::from_micros(3)]), 2.0);
    }
}
