//! Durations, as Go writes them. <https://pkg.go.dev/time#ParseDuration>

/// What is wrong with a duration of `HEALTHCHECK`: it is zero or at least a millisecond.
pub(crate) fn fault(text: &str) -> Option<String> {
    (!is_valid(text)).then(|| {
        format!("`{text}` is no duration; write a number with a unit, such as `30s` or `1m30s`, of at least 1ms.")
    })
}

fn is_valid(text: &str) -> bool {
    const UNITS: [(&str, f64); 8] =
        [("ns", 1e-6), ("us", 1e-3), ("µs", 1e-3), ("μs", 1e-3), ("ms", 1.0), ("s", 1e3), ("m", 6e4), ("h", 3.6e6)];
    let text = text.strip_prefix('+').unwrap_or(text);
    if text == "0" || text == "-0" {
        return true;
    }
    let mut rest = text;
    let mut milliseconds = 0.0;
    let mut parts = 0;
    while !rest.is_empty() {
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let Some((digits, after)) = rest.split_at_checked(number) else { return false };
        let Some(value) = decimal(digits) else { return false };
        let Some((unit, scale)) = UNITS.into_iter().find(|(unit, _)| after.starts_with(unit)) else { return false };
        milliseconds += value * scale;
        parts += 1;
        rest = after.strip_prefix(unit).unwrap_or_default();
    }
    parts > 0 && (milliseconds == 0.0 || milliseconds >= 1.0)
}

/// The value of digits with at most one point among them, near enough to tell a millisecond from less. The standard library reads
/// floating point numbers exactly, at the price of tables that nothing else here needs.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digit = |character: char| character.to_digit(10).map(f64::from);
    let whole = whole.chars().try_fold(0.0, |value, character| Some(value * 10.0 + digit(character)?))?;
    let fraction = fraction.chars().rev().try_fold(0.0, |value, character| Some((value + digit(character)?) / 10.0))?;
    Some(whole + fraction)
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn durations_are_those_of_go() {
        for good in ["30s", "1m30s", "0", "0s", "1.5h", "100ms", ".5s", "+3s"] {
            assert!(is_valid(good), "{good}");
        }
        for bad in ["", "30", "s", "1x", "999us", "5 s", "-1s", "."] {
            assert!(!is_valid(bad), "{bad}");
        }
    }
}
