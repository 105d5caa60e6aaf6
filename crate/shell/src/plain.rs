//! Scripts so plain that no rule has anything to say about them.
//!
//! Nearly half of the scripts in Dockerfiles are of this kind (`apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*`). To see
//! that, their text is gone through once; the library would parse it, model it, and ask every rule. A test holds what is plain here to what the
//! library says.

/// Programs that no rule looks at, and of the shell's own and of those that rules look at the few that have plain uses, which [`is_plain_use`]
/// tells.
const PROGRAMS: [&str; 54] = [
    "./configure",
    "add-apt-repository",
    "addgroup",
    "adduser",
    "apk",
    "apt",
    "apt-get",
    "bundle",
    "cargo",
    "cd",
    "chmod",
    "chown",
    "cmake",
    "composer",
    "conda",
    "cp",
    "curl",
    "dnf",
    "dotnet",
    "dpkg",
    "gem",
    "git",
    "go",
    "groupadd",
    "ldconfig",
    "locale-gen",
    "make",
    "microdnf",
    "mkdir",
    "mv",
    "mvn",
    "ninja",
    "node",
    "npm",
    "pacman",
    "php",
    "pip",
    "pip3",
    "pnpm",
    "poetry",
    "python",
    "python3",
    "rm",
    "rpm",
    "set",
    "tar",
    "touch",
    "unzip",
    "useradd",
    "uv",
    "wget",
    "yarn",
    "yum",
    "zypper",
];

/// Words of the shell's grammar, which are looked at wherever they stand.
const RESERVED: [&str; 16] = [
    "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then",
    "until", "while",
];

/// What may be removed by its whole path. Elsewhere a rule may see a folder of the system.
const REMOVED: [&str; 4] = ["/tmp/", "/var/cache/", "/var/lib/apt/lists/", "/var/tmp/"];

/// What may be set. `-o` is not among it: POSIX does not know all that may follow.
const SET: [&str; 6] = ["-e", "-eu", "-eux", "-ex", "-u", "-x"];

/// The assignment that so often stands before a program.
const UNATTENDED: &str = "DEBIAN_FRONTEND=noninteractive";

/// What follows a command.
#[derive(PartialEq, Eq)]
enum Joint {
    And,
    Semicolon,
    LineEnd,
}

/// Whether a script is nothing but commands of well-known programs, one after the other, all of whose words stand for themselves. Of any other
/// script this says nothing.
pub(crate) fn is_plain(text: &str) -> bool {
    let mut words: Vec<&str> = Vec::new();
    // After `&&` a command has to come, and after a line that goes on in the middle of a word the rest of it may.
    let (mut is_awaited, mut is_open) = (false, false);
    for line in text.split('\n') {
        let (line, goes_on) = line.strip_suffix('\\').map_or((line, false), |line| (line, true));
        if is_open && line.starts_with(is_of_word) {
            return false;
        }
        is_open = goes_on && (line.ends_with(is_of_word) || is_open && line.is_empty());
        let parts = line.split([' ', '\t']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(';') {
            _ if part == "&&" => ("", Some(Joint::And)),
            Some(word) => (word, Some(Joint::Semicolon)),
            None => (part, None),
        });
        let end = (!goes_on).then_some(("", Some(Joint::LineEnd)));
        for (word, joint) in parts.chain(end) {
            if !word.chars().all(is_of_word) {
                return false;
            }
            if !word.is_empty() {
                words.push(word);
            }
            // A line may be empty, also where a command is awaited.
            if let Some(joint) = joint
                && (joint != Joint::LineEnd || !words.is_empty())
            {
                if !is_plain_command(&words, &joint) {
                    return false;
                }
                words.clear();
                is_awaited = joint == Joint::And;
            }
        }
    }
    words.is_empty() && !is_awaited
}

/// Whether a character stands for itself wherever in a word it is; `*` does not, which [`is_plain_use`] looks at.
fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-./:=+@%,*".contains(character)
}

fn is_plain_command(words: &[&str], joint: &Joint) -> bool {
    let words = words.strip_prefix(&[UNATTENDED]).unwrap_or(words);
    let Some((program, arguments)) = words.split_first() else { return false };
    PROGRAMS.contains(program)
        && !arguments.iter().any(|word| RESERVED.contains(word) || word.starts_with('='))
        && is_plain_use(program, arguments, joint)
}

fn is_plain_use(program: &str, arguments: &[&str], joint: &Joint) -> bool {
    match program {
        // Where a command follows in any case it runs in the wrong folder when this fails.
        "cd" => {
            *joint == Joint::And && matches!(arguments, [folder] if !folder.contains("..") && !folder.contains('*'))
        }
        "set" => arguments.iter().all(|word| SET.contains(word)),
        // The mode of `mkdir -p -m` is that of the last folder alone.
        "mkdir" => arguments.iter().all(|word| (!word.starts_with('-') || *word == "-p") && !word.contains('*')),
        "rm" => arguments.iter().all(|word| match word.starts_with('/') {
            true => REMOVED.iter().any(|folder| word.starts_with(folder)) && !word.contains(".."),
            false => !word.contains('*'),
        }),
        _ => !arguments.iter().any(|word| word.contains('*')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Linter;
    use crate::script::{Dialect, Script};
    use proptest::prelude::*;
    use proptest::sample::select;

    #[test]
    fn usual_scripts_are_plain() {
        for text in [
            "apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 && rm -rf /var/lib/apt/lists/*",
            "set -eux; \\\n\tapk add --no-cache curl; \\\n\tcd /src && make -j4",
            "DEBIAN_FRONTEND=noninteractive apt-get install -y\\\n  git \\\n\\\n  g++",
            "\npip install .\n\nmkdir -p /srv &&\n\n  touch /srv/a\n",
        ] {
            assert!(is_plain(text), "{text}");
        }
    }

    #[test]
    fn what_a_rule_may_look_at_is_not_plain() {
        for text in [
            "make $TARGET",
            "make 'a b'",
            "make |tee log",
            "make & make",
            "make || true",
            "make > log",
            "make &&",
            "make && && make",
            "; make",
            "make;; make",
            "make done",
            "make = a",
            "make *.c",
            "rm *.c",
            "rm -rf /usr/*",
            "rm -rf /tmp/../usr",
            "cd /src; make",
            "cd /src",
            "cd .. && make",
            "mkdir -p -m 700 a/b",
            "set -o pipefail",
            "echo a",
            "DEBIAN_FRONTEND=noninteractive",
            "mak\\\ne",
            "m\\\n\\\necho",
            "make \\ a",
            "make\\",
            "make é",
            "make \u{a0}",
            "make\r\nmake",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
    }

    /// Texts of which many are plain: programs, words, and what stands between them.
    fn texts() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => "[-A-Za-z0-9_./:=+@%,*]{1,12}",
            2 => select(&["-p", "-rf", "-m", "-s", "-r", "--", "-", ".", "-y", "install", "/usr", "/var/lib/apt/lists/*", "+x", "a=b", "1", "true"][..])
                .prop_map(str::to_owned),
            1 => select(&PROGRAMS[..]).prop_map(str::to_owned),
            1 => select(&RESERVED[..]).prop_map(str::to_owned),
        ];
        let joint = select(&[" && ", "; ", "\n", " \\\n && ", "; \\\n\t", " && \\\n  ", "\n\n"][..]);
        let blank = select(&[" ", "  ", " \\\n\t", "\\\n  "][..]);
        let before = select(&["", "", "", "DEBIAN_FRONTEND=noninteractive "][..]);
        let words = prop::collection::vec((blank, word), 0..4);
        let command = (before, select(&PROGRAMS[..]), words, joint).prop_map(|(before, program, words, joint)| {
            let words: String = words.into_iter().map(|(blank, word)| blank.to_owned() + &word).collect();
            [before, program, &words, joint].concat()
        });
        prop::collection::vec(command, 1..4).prop_map(|commands| {
            let text = commands.concat();
            text.trim_end_matches([' ', '&', ';', '\\', '\n', '\t']).to_owned()
        })
    }

    #[test]
    fn of_what_is_plain_the_library_says_nothing() {
        let linter = Linter::new();
        let plain = std::cell::Cell::new(0);
        let config = ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(text in texts(), stops_at_errors: bool)| {
            if is_plain(&text) {
                plain.set(plain.get() + 1);
                for dialect in Dialect::ALL {
                    let script = Script { stops_at_errors, ..Script::new(&text, dialect) };
                    let told = crate::Told::of(&script).unwrap();
                    prop_assert_eq!(linter.read_told(&script, &told), Some(Vec::new()), "{:?} {:?}", text, dialect);
                }
            }
        });
        assert!(plain.get() > 1_000, "{} of the texts were plain", plain.get());
    }
}
