//! How the time of a check grows: `cargo bench -p layerwise-engine`. Four times the text should take about four times as long; the ratios
//! come from one run on one machine, so they can be compared anywhere. (What a machine's caches add to the time of a long text is no work of
//! ours: instructions, as `valgrind --tool=callgrind` counts them, tell the two apart.) Above them stands what ordinary lines take from ten of
//! them on, and below what simulating a change takes: it is to stay under a millisecond for 200 steps. (`-- simulate` leaves the checks out.)

#![allow(missing_docs, reason = "a benchmark has no callers")]

use layerwise_engine::shellcheck::{ShellFinding, ShellScript};
use layerwise_engine::simulate::Change;
use layerwise_engine::{BuildPlan, Document, Input, ShellLinter, check, simulate};
use layerwise_syntax::parse;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn repeated(head: &str, unit: &str, times: usize, tail: &str) -> String {
    format!("{head}{}{tail}", unit.repeat(times))
}

/// Shell that nests ten deep, so many times in one RUN.
fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
    let unit = format!("; {}{inner}{}", open.repeat(10), close.repeat(10));
    repeated("FROM debian:13\nRUN true", &unit, times, "\n")
}

/// Four lines, so many times.
fn ordinary(times: usize) -> String {
    repeated("FROM alpine:3.23\n", "# c\nENV A=1\nCOPY a /b/\nRUN echo a && echo b | cat\n", times, "USER 1000\n")
}

/// One shape of text, written so many times.
type Shape = (&'static str, usize, fn(usize) -> String);

const SHAPES: [Shape; 25] = [
    ("ordinary lines", 2_000, ordinary),
    ("installs", 1_000, |n| repeated("FROM debian:13\n", "RUN apt-get update && apt-get install -y curl\n", n, "")),
    ("statements of one RUN", 4_000, |n| repeated("FROM debian:13\nRUN true", "; apt-get update", n, "\n")),
    ("links of one RUN", 2_000, |n| repeated("FROM debian:13\nRUN true", " && apt-get install -y curl", n, "\n")),
    ("downloads and removals", 1_000, |n| {
        (0..n).fold("FROM debian:13\n".to_owned(), |text, i| {
            text + &format!("RUN curl -o /t/{i} https://e.org/{i}\nRUN rm /t/{i}\n")
        })
    }),
    ("copies and modes", 1_000, |n| repeated("FROM debian:13\n", "COPY a /b/\nRUN chmod 755 /b/a\n", n, "")),
    ("lines of one RUN", 1_000, |n| {
        repeated("FROM debian:13\nRUN apt-get update", " \\\n && apt-get install -y curl; cd /a; rm -rf /a", n, "\n")
    }),
    ("pip", 1_000, |n| repeated("FROM python:3.13\nRUN true", " && pip install flask", n, "\n")),
    ("sudo", 1_000, |n| repeated("FROM debian:13\n", "RUN sudo make\nUSER 1000\n", n, "")),
    ("working directories", 1_000, |n| repeated("FROM debian:13\n", "RUN mkdir /a\nWORKDIR /a\nWORKDIR b\n", n, "")),
    ("stages", 1_000, |n| {
        (0..n).fold(String::new(), |text, i| {
            text + &format!("FROM debian:13 AS s{i}\nCOPY --from=s{} /a /b\nRUN make\n", i / 2)
        })
    }),
    ("stages on stages", 500, |n| {
        (0..n)
            .fold("FROM debian:13 AS s0\n".to_owned(), |text, i| text + &format!("FROM s{i} AS s{}\nRUN make\n", i + 1))
    }),
    ("variables", 2_000, |n| repeated("FROM debian:13\n", "ARG B\nENV A=$A$B\nRUN echo $A\n", n, "")),
    ("scripts below variables", 500, |n| {
        let variables = (0..n).fold("FROM debian:13\n".to_owned(), |text, i| text + &format!("ENV A{i}=1\n"));
        repeated(&variables, "RUN make\n", n, "")
    }),
    ("scripts between variables", 500, |n| {
        (0..n).fold("FROM debian:13\n".to_owned(), |text, i| text + &format!("ENV A{i}=1\nRUN make\n"))
    }),
    ("secrets", 500, |n| repeated("FROM debian:13\n", "ARG NPM_TOKEN\nRUN echo $NPM_TOKEN\n", n, "")),
    ("users", 1_000, |n| repeated("FROM debian:13\n", "RUN useradd app\nUSER app\nCMD app\n", n, "")),
    ("pipes", 1_000, |n| repeated("FROM debian:13\nRUN curl https://e.org", " | sh", n, "\n")),
    ("substitutions", 500, |n| nested("$(a ", "b", ")", n)),
    ("quoted defaults", 500, |n| nested("\"${a:-", "b", "}\"", n)),
    ("arithmetic", 500, |n| nested("$((1 + ", "1", "))", n)),
    ("groups", 500, |n| nested("{ (a && ", "b", "); }", n)),
    ("conditions", 500, |n| nested("if a; then ", "b", "; fi", n)),
    ("heredocs", 500, |n| repeated("FROM debian:13\n", "RUN <<A bash\ncat <<B\n$(cat <<C\nc\nC\n)\nB\nA\n", n, "")),
    ("comments that silence", 2_000, |n| {
        repeated(
            "FROM debian:13\n",
            "# layerwise ignore=pipefail\nRUN a | b\n# hadolint ignore=DL3020\nADD a b\n",
            n,
            "",
        )
    }),
];

/// Makes a text of so many parts.
type Text = fn(usize) -> String;

/// Builds of 200 steps each; more of them, a multiple.
const BUILDS: [(&str, Text); 4] = [
    ("copies and commands", |n| repeated("FROM node:24\n", "COPY src/a*.js lib/ /srv/\nRUN make\n", 100 * n, "")),
    ("variables", |n| repeated("FROM node:24\nARG A=1\n", "ARG B=$A\nCOPY $B /b/\n", 100 * n, "")),
    ("stages on stages", |n| {
        (0..50 * n).fold("FROM node:24 AS s0\n".to_owned(), |text, i| {
            text + &format!("FROM s{i} AS s{}\nCOPY src /s\nWORKDIR /a{i}\nRUN make\n", i + 1)
        })
    }),
    ("stages beside stages", |n| {
        (0..66 * n).fold("FROM node:24 AS s0\n".to_owned(), |text, i| {
            text + &format!("FROM node:24 AS s{}\nCOPY --from=s{i} /s /s\nCOPY src /s/{i}\n", i + 1)
        })
    }),
];

fn time_of_simulation(text: &str) -> Duration {
    let file = parse(text);
    let plan = BuildPlan::of(&Document::new(&file, &Input::new(text)));
    let change = Change {
        files: vec!["src/app.js".to_owned()],
        args: vec!["A".to_owned()],
        images: vec!["node:24".to_owned()],
        ..Change::default()
    };
    let best = |_| {
        let start = Instant::now();
        black_box(simulate(black_box(&plan), None, &change));
        start.elapsed()
    };
    (0..20).map(best).min().unwrap_or_default()
}

/// Has nothing to say, so that what is timed is the handing out.
#[derive(Debug)]
struct Silent;

impl ShellLinter for Silent {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        black_box(script);
        Some(Vec::new())
    }
}

fn time(text: &str) -> Duration {
    let best = |_| {
        let start = Instant::now();
        black_box(check(&Input { shell: Some(&Silent), ..Input::new(black_box(text)) }));
        start.elapsed()
    };
    (0..3).map(best).min().unwrap_or_default()
}

fn main() {
    // `-- simulate` leaves the checks out.
    if !std::env::args().any(|argument| argument == "simulate") {
        checks();
    }
    simulations();
}

fn checks() {
    println!("{:>10} {:>10} {:>14}", "lines", "all", "one");
    for lines in [10_u32, 100, 1_000, 10_000, 100_000] {
        let all = time(&ordinary(usize::try_from(lines).unwrap_or_default() / 4));
        println!("{lines:>10} {all:>10.1?} {:>14.2?}", all / lines);
    }
    println!();
    println!("{:<26} {:>10} {:>10} {:>7}", "shape", "once", "fourfold", "ratio");
    for (name, times, shape) in SHAPES {
        let (small, large) = (time(&shape(times)), time(&shape(4 * times)));
        let ratio = large.as_secs_f64() / small.as_secs_f64().max(f64::EPSILON);
        println!("{name:<26} {small:>10.1?} {large:>10.1?} {ratio:>7.1}");
    }
}

fn simulations() {
    println!("\n{:<26} {:>10} {:>10} {:>7}", "a change of a build of", "200 steps", "800 steps", "ratio");
    for (name, build) in BUILDS {
        let (small, large) = (time_of_simulation(&build(1)), time_of_simulation(&build(4)));
        let ratio = large.as_secs_f64() / small.as_secs_f64().max(f64::EPSILON);
        println!("{name:<26} {small:>10.1?} {large:>10.1?} {ratio:>7.1}");
    }
}
