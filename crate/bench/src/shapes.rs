//! Texts that are made: what a person may write, many times over.

use std::fmt::Write;

/// One shape of text, written so many times.
pub struct Shape {
    pub name: &'static str,
    /// How often its parts are written at first.
    pub times: usize,
    make: fn(usize) -> String,
}

impl Shape {
    pub fn text(&self, factor: usize) -> String {
        (self.make)(self.times * factor)
    }
}

pub const ORDINARY: Shape = Shape { name: "ordinary lines", times: 400, make: ordinary };
/// The expansion keeps it from being a script so plain that the library for scripts is not asked about it.
pub const LONG_RUN: Shape = Shape {
    name: "one long RUN",
    times: 200,
    make: |n| {
        numbered("FROM debian:13\nRUN set -e && cd \"$HOME\"", n, |i| format!(" && make -C /srv/part{i} install"))
            + "\nUSER 1000\n"
    },
};
pub const INSTALLS: Shape = Shape {
    name: "installs",
    times: 100,
    make: |n| numbered("FROM debian:13\n", n, |i| format!("RUN apt-get update && apt-get install -y package{i}\n")),
};
pub const STAGES: Shape = Shape {
    name: "stages",
    times: 100,
    make: |n| {
        numbered("FROM golang:1.25 AS s0\n", n, |i| {
            format!(
                "FROM golang:1.25 AS s{}\nWORKDIR /src\nCOPY --from=s{i} /out /in\nRUN go build -o /out ./part{i}\n",
                i + 1
            )
        })
    },
};
pub const VARIABLES: Shape = Shape {
    name: "variables",
    times: 200,
    make: |n| numbered("FROM alpine:3.23\n", n, |i| format!("ARG A{i}=1\nENV B{i}=$A{i}-$PATH\nRUN echo \"$B{i}\"\n")),
};
pub const HEREDOCS: Shape = Shape {
    name: "heredocs",
    times: 100,
    make: |n| {
        numbered("FROM debian:13\n", n, |i| {
            format!(
                "RUN <<END\nset -e\ncd /srv\ncat list{i} | sort > sorted\nEND\nCOPY <<END /etc/conf{i}\na = 1\nEND\n"
            )
        })
    },
};
pub const SCRIPT: Shape = Shape {
    name: "one long script",
    times: 20,
    make: |n| {
        let part =
            |i| format!("if [ -f /etc/part{i} ]; then\n  a{i}=$(cat /etc/part{i})\n  echo $a{i} | tee -a /log\nfi\n");
        numbered("FROM debian:13\nRUN <<END\nset -e\n", n, part) + "END\nUSER 1000\n"
    },
};

/// Lines as in many a file, of which some have findings: eleven for each part.
pub fn ordinary(parts: usize) -> String {
    numbered("FROM node:24\n", parts, |i| {
        format!(
            "# part {i}\nARG VERSION{i}=1.{i}\nENV HOME{i}=/srv/part{i}\nWORKDIR /srv/part{i}\nCOPY part{i}/package.json ./\n\
             RUN npm ci && \\\n    npm cache clean --force\nADD part{i}/ ./\n\
             RUN curl -fsSL https://example.org/v$VERSION{i}.tar.gz | tar xz\nLABEL org.example.part{i}=\"yes\"\nEXPOSE {}\n",
            1024 + i % 60_000
        )
    })
}

fn numbered(head: &str, times: usize, part: impl Fn(usize) -> String) -> String {
    (0..times).fold(head.to_owned(), |mut text, i| {
        let _ = write!(text, "{}", part(i));
        text
    })
}
