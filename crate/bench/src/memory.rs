//! How much memory work takes. The system counts it for a whole process, so each of these wants one.

use crate::shapes::ordinary;
use crate::shell_checks::Shell;
use crate::work::Work;
use std::fs;

/// Checks files one after another, as the command line does, and prints the most memory that was in use.
pub fn of_files(texts: &[String]) {
    let shell = Shell::default();
    for text in texts {
        Work::CheckWithShell.run(text, &shell);
    }
    print_peak(&format!("{} files", texts.len()));
}

/// Checks one text of so many lines.
pub fn of_lines(lines: usize) {
    let text = ordinary(lines / 11);
    let own = text.len();
    Work::Check.run(&text, &Shell::default());
    print_peak(&format!("{lines} lines, {own} bytes"));
}

fn print_peak(of: &str) {
    match peak() {
        Some(kilobytes) => println!("{of:<40} {:>6} MB", kilobytes / 1024),
        None => println!("{of:<40} this system does not tell"),
    }
}

/// The most memory that this process has had, in kilobytes, where the system tells as Linux does.
fn peak() -> Option<u64> {
    peak_in(&fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::peak_in;

    #[test]
    fn the_peak_stands_in_a_line_of_its_own() {
        assert_eq!(peak_in("VmPeak:\t  900 kB\nVmHWM:\t   5120 kB\nVmRSS:\t 5000 kB\n"), Some(5120));
        assert_eq!(peak_in("VmPeak:\t  900 kB\n"), None);
    }
}
