//! What a line costs in texts of 10 lines to 100,000: where time grows with the text, it stays the same.

use crate::shapes::ordinary;
use crate::time::best_with;
use crate::work::{Work, fresh_shell};
use std::time::Duration;

const LINES: [usize; 5] = [11, 110, 1_100, 11_000, 110_000];
/// After a text that took so long, the tenfold one is not tried.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints microseconds for a line, by work and by lines.
pub fn measure() {
    print!("\n{:<18}", "us for a line of");
    for lines in LINES {
        print!(" {lines:>9}");
    }
    println!();
    for work in Work::ALL {
        println!("{:<18}{}", work.name(), row(work));
    }
}

fn row(work: Work) -> String {
    let mut row = String::new();
    let mut is_near = true;
    for lines in LINES {
        if !is_near {
            row += "         -";
            continue;
        }
        let text = ordinary(lines / 11);
        let times = if lines < 10_000 { 5 } else { 1 };
        let time = best_with(times, fresh_shell, |shell| work.run(&text, shell));
        let count = u32::try_from(lines).unwrap_or(u32::MAX).max(1);
        row += &format!(" {:>9.2}", time.as_secs_f64() * 1e6 / f64::from(count));
        is_near = time < PATIENCE;
    }
    row
}
