use super::{Command, Dialect, RedirectKind, Script, Separator, parse};
use std::time::{Duration, Instant};
use text_size::{TextRange, TextSize};

const OFFSET: TextSize = TextSize::new(4);

fn read(script: &str) -> Script {
    parse(script, OFFSET, Dialect::Posix)
}

/// The commands as text: known words as they are, others as written.
fn lines(script: &Script) -> Vec<String> {
    let line = |command: &Command| command.words.iter().map(|word| word.shown()).collect::<Vec<_>>().join(" ");
    script.commands.iter().map(line).collect()
}

/// The text at a Dockerfile range.
fn at(script: &str, range: TextRange) -> &str {
    script.get(std::ops::Range::<usize>::from(range - OFFSET)).unwrap()
}

fn only(script: &str) -> Command {
    let mut read = read(script);
    assert_eq!(read.commands.len(), 1, "{script}");
    read.commands.remove(0)
}

/// Every range in a script says what it claims to.
fn assert_places(text: &str, script: &Script) {
    for command in &script.commands {
        for word in &command.words {
            assert_eq!(at(text, word.range), word.raw, "{text}");
            assert!(command.range.contains_range(word.range), "{text}: {:?} {:?}", command.range, word);
        }
        for assignment in &command.assignments {
            assert!(at(text, assignment.range).starts_with(&assignment.name), "{text}");
        }
    }
    for chain in &script.chains {
        let range = chain.range.unwrap_or_else(|| panic!("{text}: no range for {chain:?}"));
        assert_eq!(at(text, range).trim(), at(text, range), "{text}");
    }
}

#[test]
fn commands_come_in_the_order_in_which_they_run() {
    for (text, expected) in [
        ("a && b || c; d\ne & f", vec!["a", "b", "c", "d", "e", "f"]),
        ("echo $(curl x) `id`", vec!["curl x", "id", "echo $(curl x) `id`"]),
        ("if test -f x; then y; elif z; then w; else v; fi", vec!["test -f x", "y", "z", "w", "v"]),
        ("for i in $(ls); do x $i; done | tee f", vec!["ls", "x $i", "tee f"]),
        ("while a; do b; done; until c; do d; done", vec!["a", "b", "c", "d"]),
        ("case $x in a) b;; *) c;; esac", vec!["b", "c"]),
        ("f() { a; }; f", vec!["a", "f"]),
        ("( cd x && make ) && { y; }", vec!["cd x", "make", "y"]),
        ("a=$(b) c=d", vec!["b", ""]),
        ("a > $(b) <<E\n$(c)\nE", vec!["b", "c", "a"]),
        ("echo ${x:-$(y)} $(( $(z) + 1 ))", vec!["y", "z", "echo ${x:-$(y)} $(( $(z) + 1 ))"]),
        ("export A=$(b) C; exit 1", vec!["b", "export A=$(b) C", "exit 1"]),
        ("", vec![]),
        ("# only a comment", vec![]),
    ] {
        let script = read(text);
        assert!(script.is_readable, "{text}");
        assert_eq!(lines(&script), expected, "{text}");
        assert_places(text, &script);
    }
}

#[test]
fn a_word_knows_its_value_its_text_and_its_place() {
    let text = r#"apt-get  install "a b"c d\ e $V '*' * "${W:-$X}" x"#;
    let command = only(text);
    let values: Vec<_> = command.words.iter().map(|word| word.known()).collect();
    assert_eq!(
        values,
        [Some("apt-get"), Some("install"), Some("a bc"), Some("d e"), None, Some("*"), Some("*"), None, Some("x")]
    );
    assert_eq!(command.words.iter().map(|word| word.is_glob).collect::<Vec<_>>(), {
        let mut globs = [false; 9];
        globs[6] = true;
        globs
    });
    assert!(command.words[2].is_quoted && !command.words[3].is_quoted);
    assert_eq!(command.variables().collect::<Vec<_>>(), ["V", "W", "X"]);
    assert_eq!(at(text, command.words[7].range), r#""${W:-$X}""#);
}

#[test]
fn the_program_is_compared_by_basename() {
    assert_eq!(only("/usr/bin/apt-get update").program(), Some("apt-get"));
    assert_eq!(only("$X update").program(), None);
    assert_eq!(only("\"a\"pt update").program(), Some("apt"));
    assert_eq!(only("A=1").program(), None);
}

#[test]
fn wrappers_are_looked_through_and_remain_visible() {
    for (text, wrappers, words) in [
        ("sudo -u root -E apt-get update", vec!["sudo"], "apt-get update"),
        ("env -u X A=1 B=2 make install", vec!["env"], "make install"),
        ("exec command nohup nice -n 5 time x", vec!["exec", "command", "nohup", "nice", "time"], "x"),
        ("time -p x y", vec!["time"], "x y"),
        ("xargs -0 -n 1 -I{} rm -rf", vec!["xargs"], "rm -rf"),
        ("/usr/bin/sudo -- x", vec!["sudo"], "x"),
        ("A=1 sh -ec 'x y'", vec!["sh"], "x y"),
        ("sudo bash -euxo pipefail -c \"x y\"", vec!["sudo", "bash"], "x y"),
        ("python3 -m pip install x", vec!["python3"], "pip install x"),
        ("python -m venv x", vec![], "python -m venv x"),
        ("command -v curl", vec![], "command -v curl"),
        ("env", vec![], "env"),
        ("sudo -u root", vec![], "sudo -u root"),
        ("sh ./script.sh", vec![], "sh ./script.sh"),
        ("sh -c \"x $Y\"", vec![], "sh -c \"x $Y\""),
        ("sh -c \"x \\\"y\\\"\"", vec![], "sh -c x \"y\""),
        ("env -S 'x y'", vec![], "env -S x y"),
    ] {
        let script = read(text);
        assert_eq!(lines(&script), [words], "{text}");
        let found: Vec<_> = script.commands[0].wrappers.iter().filter_map(|wrapper| wrapper.program()).collect();
        assert_eq!(found, wrappers, "{text}");
        assert_places(text, &script);
    }
}

#[test]
fn assignments_are_kept_apart_from_words() {
    let text = "A=1 B='x y' sudo C=$D apt-get install";
    let command = only(text);
    let names: Vec<_> = command.assignments.iter().map(|assignment| assignment.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(command.assigned("B").and_then(|word| word.known()), Some("x y"));
    let value = command.assigned("C").unwrap();
    assert_eq!((value.known(), at(text, value.range)), (None, "$D"));
    assert_eq!(at(text, command.range), text);
    assert_eq!(only("A= b").assigned("A").unwrap().known(), Some(""));
}

#[test]
fn a_script_inside_sh_c_is_read_in_its_place() {
    let text = "x && sh -c 'apt-get update && apt-get install y' || z";
    let script = read(text);
    assert_eq!(lines(&script), ["x", "apt-get update", "apt-get install y", "z"]);
    assert_places(text, &script);
    let inner = &script.commands[2];
    assert!(inner.context.in_subshell);
    assert_eq!(at(text, script.chain_of(inner).unwrap().range.unwrap()), "apt-get update && apt-get install y");
    assert_eq!(script.outermost_chain_of(inner).unwrap().id, script.commands[0].chain);
}

#[test]
fn a_command_knows_whether_anybody_learns_how_it_ends() {
    let script = read(
        "if a; then b; fi; c || d; ! e; X=$(f) && export Y=$(g); h $(i) > $(j); Z=\"${Q:-$(k)}\"; until l; do m; done",
    );
    let names = |is: fn(&Command) -> bool| -> Vec<&str> {
        script.commands.iter().filter(|command| is(command)).filter_map(Command::program).collect()
    };
    assert_eq!(names(|command| command.context.is_tested), ["a", "c", "l"]);
    assert_eq!(names(|command| command.context.loses_status), ["g", "i", "j"]);
}

#[test]
fn a_command_knows_the_circumstances_in_which_it_runs() {
    let script = read("a | b | c; ! d; e || f && g; ( h ); i $(j); if k; then l; fi; m & { n; } | o");
    let by_name = |name: &str| script.commands.iter().find(|command| command.program() == Some(name)).unwrap().context;
    let pipes = |name| (by_name(name).reads_pipe, by_name(name).writes_pipe);
    assert_eq!([pipes("a"), pipes("b"), pipes("c")], [(false, true), (true, true), (true, false)]);
    assert!(by_name("d").is_negated && !by_name("c").is_negated);
    assert!(!by_name("e").is_conditional && by_name("f").is_conditional && !by_name("g").is_conditional);
    assert!(by_name("h").in_subshell && !by_name("i").in_subshell);
    assert!(by_name("j").in_substitution && by_name("j").in_subshell);
    assert!(by_name("k").is_conditional && by_name("l").is_conditional);
    assert!(by_name("m").in_background && !by_name("o").in_background);
    assert!(by_name("n").writes_pipe);
}

#[test]
fn chains_end_where_a_command_may_be_appended() {
    for (text, chain, follower) in [
        ("a && b -c  ", "a && b -c", Separator::End),
        ("a && b >/dev/null 2>&1 && x; y", "a && b >/dev/null 2>&1 && x", Separator::Semicolon),
        ("a\nb", "a", Separator::Newline),
        ("a & b", "a", Separator::Background),
        ("a && b || c", "a && b", Separator::Or),
        ("! a | b && ( c ; d ) ;", "! a | b && ( c ; d )", Separator::Semicolon),
        ("( a ) && { b; }", "( a ) && { b; }", Separator::End),
        ("a && if b; then c; fi   && d", "a && if b; then c; fi   && d", Separator::End),
        ("a && for i in 1; do b; done # why", "a && for i in 1; do b; done", Separator::End),
        ("case x in x) a;; esac  && (b & )", "case x in x) a;; esac  && (b & )", Separator::End),
        ("while a; do b; done >f && A=1", "while a; do b; done >f && A=1", Separator::End),
        ("cat <<E > f && b\nhi\nE\nc", "cat <<E > f && b", Separator::Newline),
        ("f() { a; } && f", "f() { a; } && f", Separator::End),
        ("time a b && exit 0  ", "time a b && exit 0", Separator::End),
        (">f && export A=\"b c\"  ", ">f && export A=\"b c\"", Separator::End),
        ("grüße && ä  ", "grüße && ä", Separator::End),
    ] {
        let script = read(text);
        let first = script.top_level().next().unwrap_or_else(|| panic!("{text}: {script:?}"));
        assert_eq!(first.range.map(|range| at(text, range)), Some(chain), "{text}");
        assert_eq!(first.followed_by, follower, "{text}");
        assert_places(text, &script);
    }
    let script = read("a || b && c");
    let ends: Vec<_> = script.chains.iter().map(|chain| (chain.is_alternative, chain.append_at().is_some())).collect();
    assert_eq!(ends, [(false, false), (true, false)]);
    assert!(script.chains[1].is_last && !script.chains[0].is_last);
}

#[test]
fn a_group_that_ends_with_a_heredoc_has_no_certain_end() {
    let text = "( cat <<E\nhi\nE\n) && b";
    let script = read(text);
    assert_eq!(lines(&script), ["cat", "b"]);
    assert_eq!(script.chains[0].range, None);
}

#[test]
fn the_shape_of_the_whole_script_is_known() {
    assert!(read("a && b | c").is_one_chain());
    for text in ["a; b", "a || b", "a &", "a;", "a\nb"] {
        assert!(!read(text).is_one_chain(), "{text}");
    }
    assert_eq!(read("a; b ;").trailing_separator(), Some(Separator::Semicolon));
    assert_eq!(read("a; b").trailing_separator(), None);
    assert!(read("a # b").has_comments && !read("a '# b'").has_comments);
    assert_eq!(read("a && ( b && c )").top_level_commands().count(), 1);
}

#[test]
fn flags_are_found_however_they_are_written() {
    let command = only("apt-get -qqy -t unstable -oX=1 --option Y=2 install --no-install-recommends curl -- -odd $V");
    assert!(command.has_flag("-y") && command.has_flag("-q") && command.has_flag("--no-install-recommends"));
    assert!(!command.has_flag("-u") && !command.has_flag("-X") && !command.has_flag("--odd"));
    assert_eq!(command.flag_value("-t"), Some("unstable"));
    assert_eq!(command.flag_value("-o"), Some("X=1"));
    assert_eq!(command.flag_value("--option"), Some("Y=2"));
    assert_eq!(command.subcommand().and_then(|word| word.known()), Some("install"));
    let operands: Vec<_> = command.operands().into_iter().map(|word| word.shown()).collect();
    assert_eq!(operands, ["install", "curl", "-odd", "$V"]);
    assert!(command.starts_with("install curl") && !command.starts_with("curl"));

    let clustered = only("apt-get install -yt unstable curl");
    assert_eq!(clustered.operands().len(), 2);
    assert_eq!(only("go build -ldflags=-s -o /app .").flag_value("-o"), Some("/app"));
    assert_eq!(only("mvn -DskipTests package").subcommand().and_then(|word| word.known()), Some("package"));
    assert!(only("pip install --index-url=x y").has_flag("--index-url"));
    assert_eq!(only("pip install -r a -r b").flag_values("-r"), ["a", "b"]);
}

#[test]
fn redirections_are_read() {
    let command = only("cmd >>/etc/x 2>&1 <<-'E' </dev/null\nbody\nE\n");
    let kinds: Vec<_> = command.redirects.iter().map(|redirect| redirect.kind).collect();
    assert_eq!(kinds, [RedirectKind::Append, RedirectKind::Duplicate, RedirectKind::HereDoc, RedirectKind::Read]);
    assert_eq!(command.redirects[0].target.as_ref().and_then(|word| word.known()), Some("/etc/x"));
    assert!(command.redirects[0].writes() && !command.redirects[2].writes());
    assert!(command.redirects[2].body.is_some());
}

#[test]
fn what_the_parser_has_to_guess_at_yields_nothing() {
    for text in ["if a; then b", "a && ", "echo 'open", "a | | b", "( a", "a )", "case x in"] {
        let script = read(text);
        assert!(!script.is_readable && script.commands.is_empty() && script.chains.is_empty(), "{text}");
    }
}

#[test]
fn bash_words_are_read_as_bash_only_when_asked() {
    let text = "a=(x $(y)); [[ -n $(z) && a == b ]] && diff <(p) <(q)";
    assert_eq!(lines(&parse(text, OFFSET, Dialect::Bash))[..2], ["y", ""]);
    assert!(lines(&parse(text, OFFSET, Dialect::Bash)).contains(&"p".to_owned()));
}

#[test]
fn escaped_backticks_are_left_alone() {
    assert_eq!(lines(&read("echo `a \\`b\\``")), ["echo `a \\`b\\``"]);
}

/// Hostile texts of every kind of nesting and repetition.
fn hostile() -> Vec<(&'static str, String)> {
    let nest = |open: &str, inner: &str, close: &str, times: usize| open.repeat(times) + inner + &close.repeat(times);
    let mut junk = String::new();
    let mut state = 0x2545_f491_u32;
    for _ in 0..20_000 {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        junk.push(char::from_u32(state % 0x250).unwrap_or('x'));
    }
    vec![
        ("substitutions", nest("$(", "a", ")", 1_000)),
        ("quoted substitutions", nest("\"$(", "a", ")\"", 1_000)),
        ("subshells", nest("(", "a", ")", 1_000)),
        ("spaced subshells", nest("( ", "a", " )", 1_000)),
        ("groups", nest("{ ", "a", "; }", 1_000)),
        ("open groups", "{ ".repeat(1_000)),
        ("ifs", nest("if a; then ", "b", "; fi", 1_000)),
        ("open ifs", "if ".repeat(1_000)),
        ("loops", nest("while a; do ", "b", "; done", 1_000)),
        ("cases", nest("case x in x) ", "b", ";; esac", 1_000)),
        ("functions", nest("f() { ", "b", "; }", 1_000)),
        ("double quotes", "\"".repeat(1_001)),
        ("single quotes", "'".repeat(1_001)),
        ("backticks", "`".repeat(1_001)),
        ("escaped backticks", nest("`\\", "a", "`", 1_000)),
        ("expansions", nest("${a:-", "b", "}", 1_000)),
        ("arithmetic", nest("$((", "1", "))", 1_000)),
        ("open arithmetic", "$((".repeat(1_000)),
        ("conditions", nest("[[ ( ", "a", " ) ]]", 1_000)),
        ("heredocs", "cat <<E\n".repeat(1_000)),
        ("shells", nest("sh -c '", "a", "'", 1_000)),
        ("negations", "! ".repeat(1_000) + "a"),
        ("times", "time ".repeat(1_000) + "a"),
        ("coprocesses", "coproc ".repeat(1_000) + "a"),
        ("named functions", "f() ".repeat(1_000) + "{ a; }"),
        ("function keywords", "function f ".repeat(1_000) + "{ a; }"),
        ("elifs", "if a; then b; ".to_owned() + &"elif a; then b; ".repeat(2_000) + "fi"),
        ("else ifs", nest("if a; then b; else ", "c", "; fi", 1_000)),
        ("subscripts", nest("a[", "1", "]", 1_000) + "=1"),
        ("expanded subscripts", nest("${a[", "1", "]}", 1_000)),
        ("arrays", nest("a=(", "1", ")", 1_000)),
        ("extended globs", nest("@(", "1", ")", 1_000)),
        ("pattern globs", "case x in ".to_owned() + &nest("@(", "1", ")", 1_000) + ") a;; esac"),
        ("patterns in expansions", nest("${a#", "b", "}", 1_000)),
        ("replacements", nest("${a/x/", "b", "}", 1_000)),
        ("slices", nest("${a:", "1", "}", 1_000)),
        ("indirections", nest("${!", "a", "}", 1_000)),
        ("process substitutions", nest("a <(", "b", ")", 1_000)),
        ("condition negations", "[[ ".to_owned() + &"! ".repeat(1_000) + "a ]]"),
        ("condition flags", "[[ ".to_owned() + &"-n ".repeat(1_000) + "a ]]"),
        ("condition ands", "[[ a".to_owned() + &" && a".repeat(1_500) + " ]]"),
        ("arithmetic commands", nest("((", "1", "))", 1_000)),
        ("arithmetic parentheses", "$((".to_owned() + &nest("(", "1", ")", 1_000) + "))"),
        ("arithmetic signs", "$((".to_owned() + &"- ".repeat(1_000) + "1))"),
        ("arithmetic sums", "$((1".to_owned() + &"+1".repeat(5_000) + "))"),
        ("arithmetic powers", "$((1".to_owned() + &"**1".repeat(1_000) + "))"),
        ("arithmetic choices", "$((".to_owned() + &"a?b:".repeat(1_000) + "1))"),
        ("arithmetic assignments", "$((".to_owned() + &"a=".repeat(1_000) + "1))"),
        ("old arithmetic", nest("$[", "1", "]", 1_000)),
        ("brace expansions", nest("{a,", "b", "}", 1_000)),
        ("here-strings", "<<<".repeat(1_000)),
        ("here-string substitutions", nest("cat <<< $(", "b", ")", 1_000)),
        ("heredoc substitutions", nest("cat <<E\n$(", "b", ")\nE\n", 200)),
        ("quoted quotes", nest("\"${a:-", "b", "}\"", 1_000)),
        ("mixed", nest("if ( { $(time \"$(", "a", ")\"); } ) ; then b; fi", 500)),
        ("nested replacements", nest("${a/x/", "b", "} ", 4).repeat(300)),
        ("nested slices", nest("${a:", "1", "} ", 4).repeat(1_000)),
        ("nested arithmetic", nest("$((", "1", "))", 12).repeat(100)),
        ("here-string units", nest("<<<$(", "a", ") ", 8).repeat(50)),
        ("substitution units", nest("$(", "a", ") ", 12).repeat(100)),
        ("quoted units", nest("\"${a:-", "b", "}\" ", 4).repeat(3_000)),
        ("wrappers", "sudo ".repeat(40_000) + "a"),
        ("a wrapper with many words", format!("sudo {} sh -c '{}'", "-E ".repeat(20_000), "a;".repeat(10_000))),
        ("semicolons", ";".repeat(100_000)),
        ("statements", "a;".repeat(20_000)),
        ("ands", vec!["a"; 5_000].join(" && ")),
        ("a thousand ands", vec!["a"; 1_000].join(" && ")),
        ("ands before ors", vec!["a && b"; 400].join(" || ")),
        ("pipes", vec!["a"; 5_000].join(" | ")),
        ("words", "word ".repeat(40_000)),
        ("one word", "x".repeat(200_000)),
        ("assignments", "A=1 ".repeat(20_000)),
        ("redirections", ">a ".repeat(20_000)),
        ("text", "echo 'hello world' \"$HOME\" && \\\n".repeat(900)),
        ("long text", "apt-get install -y curl; ".repeat(8_000)),
        ("backslashes", "\\".repeat(100_001)),
        ("dollars", "$".repeat(100_000)),
        ("braces", "{".repeat(100_000)),
        ("brackets", "a[".repeat(20_000)),
        ("junk", junk),
        ("nul", "\0".repeat(10_000)),
        ("carriage returns", "a\r".repeat(10_000)),
    ]
}

#[test]
fn hostile_scripts_are_answered_in_bounded_time_and_stack() {
    // The stack that a WebAssembly module has, and room for the larger frames of an unoptimised build.
    let stack = if cfg!(debug_assertions) { 8 << 20 } else { 1 << 20 };
    let thread = std::thread::Builder::new().stack_size(stack).spawn(|| {
        for (name, text) in hostile() {
            for dialect in [Dialect::Posix, Dialect::Bash] {
                let start = Instant::now();
                let script = parse(&text, OFFSET, dialect);
                let limit = if cfg!(debug_assertions) { 30_000 } else { 3_000 };
                let took = start.elapsed();
                println!("{took:>10.1?} {:>6} {name}", script.commands.len());
                assert!(took < Duration::from_millis(limit), "{name} took {took:?}");
            }
        }
    });
    thread.unwrap().join().unwrap();
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_with_right_places(
        text in r#"([ab=$(){};&|<>!"'`\\ \n#*é]|if |then |fi|do |done|<<E|\$\(|&& |sh -c ){0,40}"#,
    ) {
        for dialect in [Dialect::Posix, Dialect::Bash] {
            let script = parse(&text, OFFSET, dialect);
            for command in &script.commands {
                for word in &command.words {
                    proptest::prop_assert_eq!(at(&text, word.range), &word.raw);
                }
            }
            for chain in &script.chains {
                if let Some(range) = chain.range {
                    proptest::prop_assert!(text.get(std::ops::Range::<usize>::from(range - OFFSET)).is_some());
                }
            }
        }
    }
}
