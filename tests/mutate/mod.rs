//! Damage to a Dockerfile, line by line: what people do while they write.

use proptest::prelude::*;

/// One change of a text. Numbers are taken modulo what there is.
#[derive(Debug, Clone)]
pub enum Mutation {
    /// A line goes.
    Delete(usize),
    /// A line stands twice.
    Double(usize),
    /// A line moves to another place.
    Move(usize, usize),
    /// A comment, an empty line or an instruction comes.
    Insert(usize, &'static str),
    /// A line ends with a backslash, or no longer.
    Continue(usize),
    /// A line is indented.
    Indent(usize, &'static str),
    /// Every line ends as on Windows.
    Windows,
    /// The text ends in the middle of a line.
    Cut(usize),
}

const LINES: [&str; 12] = [
    "",
    "# a comment",
    "    # layerwise ignore=clean-package-cache",
    "USER app",
    "WORKDIR data",
    "RUN apt-get update && apt-get install curl",
    "RUN cd /srv && make",
    "RUN set -e; make; make install",
    "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
    "ENV PATH=/opt/bin:$PATH NAME value",
    "COPY . .",
    "CMD serve --port $PORT",
];

/// Any mutation.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        any::<usize>().prop_map(Mutation::Delete),
        any::<usize>().prop_map(Mutation::Double),
        any::<(usize, usize)>().prop_map(|(from, to)| Mutation::Move(from, to)),
        (any::<usize>(), prop::sample::select(&LINES[..])).prop_map(|(at, line)| Mutation::Insert(at, line)),
        any::<usize>().prop_map(Mutation::Continue),
        (any::<usize>(), prop::sample::select(&["  ", "\t"][..])).prop_map(|(at, blank)| Mutation::Indent(at, blank)),
        Just(Mutation::Windows),
        any::<usize>().prop_map(Mutation::Cut),
    ]
}

/// The text after its mutations.
pub fn mutate(text: &str, mutations: &[Mutation]) -> String {
    mutations.iter().fold(text.to_owned(), |text, mutation| one(&text, mutation))
}

fn one(text: &str, mutation: &Mutation) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let count = lines.len().max(1);
    let at = |place: usize| place % count;
    match *mutation {
        _ if lines.is_empty() => {}
        Mutation::Delete(line) => drop(lines.remove(at(line))),
        Mutation::Double(line) => lines.insert(at(line), lines[at(line)].clone()),
        Mutation::Move(from, to) => {
            let line = lines.remove(at(from));
            lines.insert(at(to).min(lines.len()), line);
        }
        Mutation::Insert(line, new) => lines.insert(at(line), format!("{new}\n")),
        Mutation::Continue(line) => {
            let old = lines[at(line)].trim_end().to_owned();
            lines[at(line)] = match old.strip_suffix('\\') {
                Some(rest) => format!("{rest}\n"),
                None => format!("{old} \\\n"),
            };
        }
        Mutation::Indent(line, blank) => lines[at(line)].insert_str(0, blank),
        Mutation::Windows => lines.iter_mut().for_each(|line| *line = line.replace('\n', "\r\n")),
        Mutation::Cut(place) => {
            let mut end = place % (text.len() + 1);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            return text[..end].to_owned();
        }
    }
    lines.concat()
}
