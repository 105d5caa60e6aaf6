use super::MAX_NESTING;
use crate::shell::{Dialect, Script, parse};
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};
use std::ops::Range;
use text_size::TextRange;

fn read(text: &str) -> Script {
    parse(text, 0.into(), Dialect::Bash)
}

fn at(text: &str, range: TextRange) -> &str {
    text.get(Range::<usize>::from(range)).unwrap()
}

/// The commands as they are written.
fn raw(text: &str) -> Vec<String> {
    let script = read(text);
    assert!(script.is_readable, "{text}");
    script.commands.iter().map(|command| at(text, command.range).to_owned()).collect()
}

#[test]
fn what_a_shell_refuses_is_unreadable() {
    for text in [
        "'",
        "\"",
        "`",
        "$(",
        "${a",
        "$((1",
        "((1",
        "(",
        ")",
        "{ a",
        "{ }",
        "()",
        "( )",
        "}",
        "a )",
        "a(b)",
        "echo a=(b)",
        "a=(b",
        "if a; then; fi",
        "if a; fi",
        "if a; then b",
        "then",
        "fi",
        "done",
        "do a; done",
        "while a; done",
        "for; do a; done",
        "for a in b; c; done",
        "case a in b) c",
        "case a b) c;; esac",
        "case a in b c) d;; esac",
        ";",
        "a;;",
        "a ; ; b",
        "&& a",
        "a &&",
        "a || ",
        "a |",
        "a & & b",
        "a && || b",
        "a && then",
        "!",
        "a | ! b",
        "a >",
        "a > > b",
        "a <<",
        "{ a; } b",
        "(a) b",
        "f()",
        "f() a",
        "function f",
        "[[ a",
        "[[ ]]",
        "[[ ( a ]]",
        "[[ a; b ]]",
        "]]",
        "in a",
        "if a; then b; fi; fi",
        "echo \"$(a\" b",
        "`a)`",
        "`(a`",
        "cat <<E\n$(a\nE\n",
    ] {
        let script = read(text);
        assert!(!script.is_readable && script.commands.is_empty() && script.chains.is_empty(), "{text}");
    }
}

#[test]
fn reserved_words_are_reserved_only_where_commands_begin() {
    for text in [
        "echo if then fi do done { } ! [[ ]] in case",
        "echo if; a=then b",
        "iffy",
        "'if' a",
        "a{ }",
        "!a",
        "timer",
        "i\\f a",
    ] {
        assert!(read(text).is_readable, "{text}");
    }
    assert_eq!(raw("for in in in; do do=done; done"), ["do=done"]);
    assert_eq!(raw("case case in in) a;; (esac) b;; esac"), ["a", "b"]);
}

#[test]
fn comments_begin_only_where_words_do() {
    assert_eq!(raw("a#b c #d\ne;#f\n(g)#h"), ["a#b c", "e", "g"]);
    assert_eq!(raw("echo $# ${#} ${#a} \"#\" \\# #"), ["echo $# ${#} ${#a} \"#\" \\#"]);
    assert_eq!(raw("a $(b # )\n) c"), ["b", "a $(b # )\n) c"]);
    assert_eq!(raw("a `b # c` d"), ["b", "a `b # c` d"]);
}

#[test]
fn quotes_and_expansions_nest() {
    for (text, inner) in [
        (r#"echo "${a:-"$(b "c)")"}" d"#, vec![r#"b "c)""#]),
        (r#"echo "${a:-'}$(b)"'}" c"#, vec!["b"]),
        (r#"echo "${a%'$(b)}'}" c"#, vec![]),
        (r#"echo ${a//\}/$(b)} ${c:-'}'} ${d:-`e`}"#, vec!["b", "e"]),
        ("echo $(( (1 + $(a)) * ${b:-$(c)} )) $[ $(d) ]", vec!["a", "c", "d"]),
        ("echo $((a); (b)) $( (c) )", vec!["a", "b", "c"]),
        ("echo $(case a in b) c;; (d) e;; esac)", vec!["c", "e"]),
        ("echo <(a) x>(b) >$(c)", vec!["a", "b", "c"]),
        ("echo $'\\'$(a)' $\"$(b)\"", vec!["b"]),
        ("echo @(a|$(b)) !(c d)", vec!["b"]),
        ("echo `a \\`b\\`` `c`", vec!["c"]),
        ("cat <<< \"$(a)\" <<E\n'$(b)' \\$(c) `d`\nE", vec!["a", "b", "d"]),
    ] {
        let commands = raw(text);
        let (_, before) = commands.split_last().unwrap();
        assert_eq!(before, inner, "{text}");
    }
}

#[test]
fn a_single_quote_in_a_quoted_default_needs_no_other_one_but_in_bash() {
    let text = r#"echo "${a:-it's $(b)}" "c'd""#;
    assert_eq!(parse(text, 0.into(), Dialect::Posix).commands.len(), 2);
    assert!(!read(text).is_readable);
}

#[test]
fn compound_commands_of_bash_are_read() {
    for (text, commands) in [
        ("[[ -n $(a) && ( $b == c* || ! d =~ ^(x|y)$ ) ]] && e", vec!["a", "e"]),
        ("(( x = $(a), (y << 2) )) || b", vec!["a", "b"]),
        ("((a; b) && c) || d", vec!["a", "b", "c", "d"]),
        ("for ((i = 0; i < $(a); i++)) do b; done", vec!["a", "b"]),
        ("for ((;;)) { a; }", vec!["a"]),
        ("select i in a; do b; done", vec!["b"]),
        ("coproc a; coproc N { b; }; coproc if c; then d; fi", vec!["a", "b", "c", "d"]),
        ("function f { a; }; function g() ( b ); h () while c; do d; done", vec!["a", "b", "c", "d"]),
        ("time -p a | b; time { c; }; time (d); time", vec!["a", "b", "c", "d", "time"]),
        ("case a in\n (b | c) d ;& *) ;;& e) f\nesac", vec!["d", "f"]),
        ("a=(\n b # )\n [c]=$(d)\n) e", vec!["d", "a=(\n b # )\n [c]=$(d)\n) e"]),
    ] {
        assert_eq!(raw(text), commands, "{text}");
    }
    assert_eq!(parse("[[ -n $(a) && b ]] && c", 0.into(), Dialect::Posix).commands.len(), 2);
    for text in ["select a in b; do c; done", "for ((;;)) do a; done"] {
        assert!(!parse(text, 0.into(), Dialect::Posix).is_readable, "{text}");
    }
    assert_eq!(parse("((a); b)", 0.into(), Dialect::Posix).commands.len(), 2);
}

#[test]
fn heredocs_belong_to_the_line_that_they_begin_on() {
    for (text, commands, bodies) in [
        (
            "a <<E && b <<-'F' | c\n1 $(d)\nE\n\t2 $(e)\n\tF\nf",
            vec!["d", "a <<E", "b <<-'F'", "c", "f"],
            vec!["1 $(d)\n", "\t2 $(e)\n"],
        ),
        ("a <<E $(b\n) c\n1\nE\nd", vec!["b", "a <<E $(b\n) c", "d"], vec!["1\n"]),
        ("a $(b <<E\n1\nE\n) c", vec!["b <<E", "a $(b <<E\n1\nE\n) c"], vec!["1\n"]),
        ("a $(b <<E) c\n1\nE\nd", vec!["b <<E", "a $(b <<E) c", "d"], vec!["1\n"]),
        ("if a <<E; then\n1\nE\nb <<F\n2\nF\nfi", vec!["a <<E", "b <<F"], vec!["1\n", "2\n"]),
        ("a <<E", vec!["a <<E"], vec![""]),
        ("a <<E\n1", vec!["a <<E"], vec!["1"]),
        ("a <<\"E F\"\nE\nE F\nb", vec!["a <<\"E F\"", "b"], vec!["E\n"]),
    ] {
        assert_eq!(raw(text), commands, "{text}");
        let script = read(text);
        let found = script.commands.iter().flat_map(|command| &command.redirects).filter_map(|redirect| redirect.body);
        assert_eq!(found.map(|body| at(text, body)).collect::<Vec<_>>(), bodies, "{text}");
    }
}

#[test]
fn nesting_is_limited() {
    for (open, inner, close) in [
        ("$(", "a", ")"),
        ("\"$(", "a", ")\""),
        ("( ", "a", " )"),
        ("{ ", "a", "; }"),
        ("if a; then ", "b", "; fi"),
        ("while a; do ", "b", "; done"),
        ("case x in x) ", "b", ";; esac"),
        ("a <(", "b", ")"),
        ("${a:-", "b", "}"),
        ("$((1 + ", "1", "))"),
    ] {
        let nested = |times: usize| open.repeat(times) + inner + &close.repeat(times);
        let is_readable = |times| read(&nested(times)).is_readable;
        let deepest = (1..=2 * MAX_NESTING).rev().find(|&times| is_readable(times));
        assert!(deepest.is_some_and(|deepest| deepest >= 32), "{open}: {deepest:?}");
        assert!(!is_readable(1_000), "{open}");
    }
    // What stands side by side is not nested.
    assert!(read(&"$(a) ${b} `c` $((1)); ( d ); { e; }\n".repeat(1_000)).is_readable);
}

/// Shell in pieces, whole ones and broken ones.
fn shell_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "é",
        " ",
        "\n",
        "b c",
        "x=1",
        "y+=(",
        "\"",
        "'",
        "`",
        "$",
        "${",
        "${v:-",
        "}",
        "$(",
        "$((",
        "))",
        ")",
        "(",
        "<(",
        "{ ",
        "; }",
        "; ",
        " && ",
        " || ",
        " | ",
        "|&",
        " & ",
        ";;",
        ";&",
        "! ",
        "time ",
        "coproc ",
        "function f ",
        "f() ",
        "if ",
        "then ",
        "; then ",
        "else ",
        "; fi",
        "while ",
        "; do ",
        "; done",
        "for i in ",
        "case x in ",
        "a) ",
        "; esac",
        "[[ ",
        " ]]",
        "((",
        ">f",
        "2>&1",
        "&>>",
        "{fd}>",
        "<<E",
        "<<-'E'",
        "\nE\n",
        "<<<",
        "# c\n",
        "\\",
        "\\\n",
        "*",
        "[1]=",
        "@(",
        "export ",
        "sh -c '",
        "$'",
        "\t",
        "\r",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_shell_like_text_is_read_with_right_places(text in shell_like()) {
        for dialect in [Dialect::Posix, Dialect::Bash] {
            let script = parse(&text, 0.into(), dialect);
            for command in &script.commands {
                let slice = |range: TextRange| text.get(Range::<usize>::from(range));
                prop_assert!(slice(command.range).is_some());
                let mut end = command.range.start();
                for word in &command.words {
                    prop_assert_eq!(slice(word.range), Some(word.raw.as_str()));
                    prop_assert!(word.range.start() >= end && word.range.end() <= command.range.end());
                    end = word.range.end();
                }
                for assignment in &command.assignments {
                    prop_assert!(slice(assignment.range).is_some_and(|text| text.starts_with(&assignment.name)));
                    if let Some(value) = &assignment.value {
                        prop_assert_eq!(slice(value.range), Some(value.raw.as_str()));
                    }
                }
                for redirect in &command.redirects {
                    prop_assert!(command.range.contains_range(redirect.range));
                    prop_assert!(redirect.body.is_none_or(|body| slice(body).is_some()));
                }
                prop_assert!(script.chain_of(command).is_some());
            }
            for chain in &script.chains {
                prop_assert!(chain.parent.is_none_or(|parent| parent < chain.id));
                prop_assert!(chain.range.is_none_or(|range| text.get(Range::<usize>::from(range)).is_some()));
            }
        }
    }
}
