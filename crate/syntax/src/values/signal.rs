//! Stop signals, by number or by name with or without `SIG`. <https://pkg.go.dev/github.com/moby/sys/signal#ParseSignal>

/// What is wrong with a signal.
pub(crate) fn fault(text: &str) -> Option<String> {
    const NAMES: [&str; 37] = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
        "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1",
        "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX", "EMT",
    ];
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let offset = |prefix: &str, most: u8| {
        let number = name.strip_prefix(prefix).and_then(|rest| rest.parse::<u8>().ok());
        number.is_some_and(|number| (1..=most).contains(&number))
    };
    let is_known = match text.parse::<i64>() {
        Ok(number) => number != 0,
        Err(_) => NAMES.contains(&name) || offset("RTMIN+", 15) || offset("RTMAX-", 14),
    };
    (!is_known).then(|| format!("`{text}` is no signal; write a name such as SIGTERM, or its number."))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn signals_have_names_and_numbers() {
        for good in ["SIGTERM", "term", "15", "SIGRTMIN+3", "RTMAX-1", "rtmin", "sigquit"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["SIGSTOPP", "0", "", "SIGRTMIN+16", "SIGRTMIN+0", "kill -9"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
