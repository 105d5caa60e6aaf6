use super::*;

fn found(text: &str, dialect: Dialect) -> Vec<(u16, String)> {
    let findings = Linter::new().lint(&Script::new(text, dialect));
    findings.into_iter().map(|finding| (finding.code, text.get(finding.range).unwrap_or_default().to_owned())).collect()
}

fn codes_of(text: &str, dialect: Dialect) -> Vec<u16> {
    found(text, dialect).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_finding_says_what_and_where() {
    assert_eq!(found("read -r f\ncat $f.txt", Dialect::Sh), [(2086, "$f".to_owned())]);
}

#[test]
fn known_variables_are_set_and_need_no_quotes() {
    let text = "# a comment\n\necho $app_home $other_home";
    let script = Script { known: &["app_home", "no-name", "1", ""], ..Script::new(text, Dialect::Sh) };
    let findings = Linter::new().lint(&script);
    let places: Vec<_> =
        findings.iter().map(|finding| (finding.code, text.get(finding.range.clone()).unwrap_or_default())).collect();
    assert_eq!(places, [(2154, "$other_home"), (2086, "$other_home")]);
}

#[test]
fn a_comment_at_the_top_is_for_the_whole_script() {
    let text = "#!/bin/sh\n# shellcheck disable=SC2086\nread -r a\necho $a\necho $(a)\n";
    let script = Script { known: &["HTTP_PROXY"], ..Script::new(text, Dialect::Sh) };
    let findings = Linter::new().lint(&script);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [2005, 2046]);
}

#[test]
fn each_shell_is_told_of_what_it_does_not_know() {
    let text = "f() { local a; a=1; echo -n \"$a\"; [ \"$a\" == b ]; [[ $a ]]; }; f; echo a &> /dev/null";
    let of = |dialect| codes_of(text, dialect).into_iter().filter(|code| *code >= 3000).collect::<Vec<_>>();
    assert_eq!(of(Dialect::Sh), [3043, 3037, 3014, 3010, 3020]);
    assert_eq!(of(Dialect::Dash), [3014, 3010, 3020]);
    assert_eq!(of(Dialect::BusyBox), [0; 0]);
    assert_eq!(of(Dialect::Bash), [0; 0]);
}

#[test]
fn a_shell_that_stops_at_errors_needs_no_exit_behind_cd() {
    let script = Script::new("cd /srv\nmake", Dialect::Sh);
    let codes = |script: &Script<'_>| Linter::new().lint(script).iter().map(|it| it.code).collect::<Vec<_>>();
    assert_eq!(codes(&script), [2164]);
    assert_eq!(codes(&Script { stops_at_errors: true, ..script }), [0; 0]);
}

#[test]
fn nothing_runs_in_the_wrong_directory_behind_a_cd_that_comes_last() {
    let codes = |text| Linter::new().lint(&Script::new(text, Dialect::Sh)).iter().map(|it| it.code).collect::<Vec<_>>();
    assert_eq!(codes("cd /srv"), [0; 0]);
    assert_eq!(codes("make && (cd /srv)"), [0; 0]);
    assert_eq!(codes("cd /a; cd /b"), [2164]);
}

#[test]
fn what_makes_no_sense_here_is_off() {
    assert_eq!(
        found(". \"$here/settings\"\n. ./settings\necho a", Dialect::Sh).first().map(|(code, _)| *code),
        Some(2154)
    );
    let on = codes();
    for code in super::codes::OFF.iter().flat_map(|(_, codes)| *codes) {
        assert!(!on.contains(code), "SC{code} is on and off");
    }
}

#[test]
fn no_code_has_two_levels() {
    let mut codes_of_levels: Vec<u16> = Vec::new();
    for level in Level::ALL {
        let mut of_level: Vec<u16> = super::codes::rules_of(level).iter().map(|(code, _)| *code).collect();
        of_level.dedup();
        codes_of_levels.extend(of_level);
    }
    codes_of_levels.sort_unstable();
    let all = codes_of_levels.len();
    codes_of_levels.dedup();
    assert_eq!(codes_of_levels.len(), all);
}

/// Code that is not optimised takes many times the stack. What a page's stack bears is tested with the built module, in a browser.
#[test]
fn every_text_has_an_answer() {
    let run = std::thread::Builder::new().stack_size(32 << 20).spawn(answer_every_text).unwrap();
    run.join().unwrap();
}

fn answer_every_text() {
    let linter = Linter::new();
    let nested = |open: &str, close: &str| format!("echo {}x{}", open.repeat(1000), close.repeat(1000));
    let chain = |link: &str| format!("a{}", link.repeat(1000));
    for text in [
        String::new(),
        "\n".to_owned(),
        "# only this".to_owned(),
        "if".to_owned(),
        "'".to_owned(),
        "echo \"".to_owned(),
        "cat <<E".to_owned(),
        "\u{feff}é $é \0".to_owned(),
        nested("$(", ")"),
        nested("(", ")"),
        nested("{ ", ";}"),
        nested("${a:-", "}"),
        nested("\"$(", ")\""),
        nested("`", "`"),
        nested("$((", "))"),
        nested("if ", "; then a; fi"),
        nested("[[ ( ", " ) ]]"),
        chain(" && b"),
        chain(" | b"),
        chain("; b"),
        chain("$b"),
        chain("\nb"),
    ] {
        // Bash has the most to be read.
        for finding in linter.lint(&Script { known: &["b"], ..Script::new(&text, Dialect::Bash) }) {
            assert!(text.get(finding.range.clone()).is_some(), "{finding:?}");
        }
    }
}

#[test]
fn a_script_that_is_too_long_or_too_deep_is_not_taken_for_one_without_findings() {
    let linter = Linter::new();
    let is_read = |text: &str| linter.read(&Script::new(text, Dialect::Sh)).is_some();
    let nested = |times: usize| format!("a {}b{}", "$(c ".repeat(times), ")".repeat(times));
    assert!(is_read("") && is_read("a\n".repeat(1_000).as_str()) && is_read("a 'b") && is_read(&nested(8)));
    assert!(!is_read(&"a b\n".repeat(200_000)));
    assert!(!is_read(&nested(100)));
    assert!(!is_read(&"time ".repeat(100)));
    assert!(is_read(&"a 'b c' && ".repeat(2_000)), "long and plain");
    assert!(!is_read(&"a \"$b\"; ".repeat(2_500)), "long with many variables");
    let functions = |count: usize| (0..count).fold(String::new(), |text, at| text + &format!("f{at}() {{ a; }}\n"));
    assert!(is_read(&functions(20)) && !is_read(&functions(100)));
}

#[test]
fn a_script_is_told_of_the_variables_that_matter_to_it() {
    let told = |text: &str, known: &[&str]| Told::of(&Script { known, ..Script::new(text, Dialect::Sh) }).unwrap().text;
    assert_eq!(told("echo $home", &["home", "HTTP_PROXY"]), "export home=1\necho $home");
    assert_eq!(told("echo $HOST_NAME", &["home", "HOSTNAME"]), "export home=1 HOSTNAME=1\necho $HOST_NAME");
    assert_eq!(told("A=1; echo ${A}", &["home"]), "A=1; echo ${A}");
    let script = Script { known: &["HOSTNAME"], ..Script::new("echo \"$HOST_NAME\"", Dialect::Sh) };
    assert_eq!(Linter::new().lint(&script).iter().map(|finding| finding.code).collect::<Vec<_>>(), [2153]);
}
