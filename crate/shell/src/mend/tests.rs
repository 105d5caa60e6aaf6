use crate::explained;
use crate::{Dialect, Linter, Script, ShellFinding};
use std::process::{Command, Output, Stdio};

/// The first finding of a code, and the script after its fix.
fn mended(linter: &Linter, code: u16, dialect: Dialect, text: &str) -> Option<(bool, String)> {
    let found = linter.lint(&Script::new(text, dialect));
    let finding = found.into_iter().find(|finding| finding.code == code);
    let ShellFinding { fix, .. } = finding.unwrap_or_else(|| panic!("SC{code} is found in {text}"));
    let fix = fix?;
    let mut after = text.to_owned();
    for (range, new) in fix.edits.iter().rev() {
        after.replace_range(range.clone(), new);
    }
    Some((fix.is_safe, after))
}

fn codes(linter: &Linter, dialect: Dialect, text: &str) -> Vec<u16> {
    linter.lint(&Script::new(text, dialect)).iter().map(|finding| finding.code).collect()
}

/// What the shells that a dialect stands for make of a script, as far as they are there.
fn run(dialect: Dialect, text: &str) -> Vec<(&'static str, Output)> {
    let shells: &[&str] = match dialect {
        Dialect::Sh => &["sh", "dash", "bash", "busybox"],
        Dialect::Dash => &["dash"],
        Dialect::BusyBox => &["busybox"],
        Dialect::Bash => &["bash"],
        Dialect::Ksh => &["ksh"],
    };
    let run = |shell: &&'static str| {
        let mut command = Command::new(*shell);
        if *shell == "busybox" {
            command.arg("sh");
        }
        let output = command.args(["-c", text]).stdin(Stdio::null()).current_dir("/").output().ok()?;
        Some((*shell, output))
    };
    shells.iter().filter_map(run).collect()
}

/// A script with one finding of a code, its dialect, and the script after its safe fix.
const SAFE: &[(u16, Dialect, &str, &str)] = &[
    (1007, Dialect::Sh, "A= B=1; echo \"$A-$B\"", "A='' B=1; echo \"$A-$B\""),
    (1007, Dialect::Sh, "A=x; A= B=2 && echo \"$A$B\"", "A=x; A='' B=2 && echo \"$A$B\""),
    (2006, Dialect::Sh, "A=`echo 1`; echo \"$A\"", "A=$(echo 1); echo \"$A\""),
    (2006, Dialect::Sh, "echo \"a `echo \"b  c\"` d\"", "echo \"a $(echo \"b  c\") d\""),
    (2006, Dialect::Sh, "A='x y'; cat <<END\n`echo \"$A\"`\nEND\n", "A='x y'; cat <<END\n$(echo \"$A\")\nEND\n"),
    (2007, Dialect::Bash, "echo $[6 * 7]", "echo $((6 * 7))"),
    (2046, Dialect::Sh, "echo -j$(nproc) | tr -d 0-9", "echo -j\"$(nproc)\" | tr -d 0-9"),
    (2046, Dialect::Sh, "echo a/$(uname -m)/b", "echo a/\"$(uname -m)\"/b"),
    (2060, Dialect::Sh, "echo a | tr [:lower:] '[:upper:]'", "echo a | tr '[:lower:]' '[:upper:]'"),
    (2196, Dialect::Sh, "echo ab | egrep -o 'b|c'", "echo ab | grep -E -o 'b|c'"),
    (2197, Dialect::Sh, "echo a.b | fgrep -o .b", "echo a.b | grep -F -o .b"),
    (2223, Dialect::Sh, ": ${VERSION:=*}; echo \"$VERSION\"", ": \"${VERSION:=*}\"; echo \"$VERSION\""),
    (2331, Dialect::Bash, "if [[ -a /etc ]]; then echo there; fi", "if [[ -e /etc ]]; then echo there; fi"),
    (2102, Dialect::Sh, "echo install pkg[extra,more]", "echo install pkg'[extra,more]'"),
    (3037, Dialect::Sh, "echo -n 'one  100%' | cat", "printf '%s' 'one  100%' | cat"),
    (3048, Dialect::Sh, "trap '' SIGTERM && echo set", "trap '' TERM && echo set"),
];

/// Likewise, where a person must look at the fix.
const REVIEW: &[(u16, Dialect, &str, &str)] = &[
    (2028, Dialect::Bash, "echo 'a\\nb' > /srv/c && d", "printf '%b\\n' 'a\\nb' > /srv/c && d"),
    (2046, Dialect::Sh, "a x-$(b)", "a x-\"$(b)\""),
    (2086, Dialect::Sh, "read -r port; a $port", "read -r port; a \"$port\""),
    (2155, Dialect::Sh, "export A=\"$(b \"c d\")\"; e", "A=\"$(b \"c d\")\"; export A; e"),
    (2155, Dialect::Sh, "a && export A=$(b) && c", "a && A=$(b) && export A && c"),
    (2155, Dialect::Sh, "a && export A=$(b); c", "a && A=$(b) && export A; c"),
    (2155, Dialect::Bash, "set -e\nreadonly A=$(b)\nc \"$A\"", "set -e\nA=$(b); readonly A\nc \"$A\""),
    (2162, Dialect::Sh, "read a; b \"$a\"", "read -r a; b \"$a\""),
    (2164, Dialect::Sh, "cd /srv; make", "cd /srv || exit; make"),
    (2164, Dialect::Sh, "a; (cd /srv ; make)", "a; (cd /srv || exit ; make)"),
    (3037, Dialect::Sh, "echo -e \"a\\n$b\" > /srv/c", "printf '%b\\n' \"a\\n$b\" > /srv/c"),
    (3037, Dialect::Sh, "echo -n \"$HOME\"", "printf '%s' \"$HOME\""),
    (3037, Dialect::Sh, "echo -n \"-e\" > /srv/c", "printf '%s' \"-e\" > /srv/c"),
    (3037, Dialect::Sh, "echo -n ''-nE", "printf '%s' ''-nE"),
    (3046, Dialect::Sh, "source /dev/null && echo a", ". /dev/null && echo a"),
    (3046, Dialect::Dash, "source /nope || true", ". /nope || true"),
];

/// Scripts in which a finding of a code has no fix, since it might do harm.
const LEFT: &[(u16, Dialect, &str)] = &[
    (2006, Dialect::Sh, "echo `a '\\n'`"),
    (2006, Dialect::Sh, "a=`b # c`"),
    (2006, Dialect::Sh, "a=`b (c)`"),
    (2028, Dialect::Sh, "echo 'a\\nb' c"),
    (2034, Dialect::Sh, "a=1"),
    (2046, Dialect::Sh, "apt-get install $(cat list)"),
    (2086, Dialect::Sh, "read -r flags; make $flags"),
    (2086, Dialect::Sh, "read -r a; opts=\"$a\"; make $opts"),
    (2086, Dialect::Sh, "read -r b; a=\"$b -c -d\"; make $a"),
    (2155, Dialect::Sh, "a || export A=$(b) && c"),
    (2155, Dialect::Sh, "export A=$(b) || exit"),
    (2155, Dialect::Sh, "export A=$(b) C=d; e"),
    (2155, Dialect::Bash, "f() { local a=$(b); c \"$a\"; }; f"),
    (2164, Dialect::Sh, "a && cd /srv; make"),
    (2164, Dialect::Sh, "f() { a; cd /srv; make; }; f"),
    (2196, Dialect::Sh, "egrep() { cat; }; a | egrep 'b|c'"),
    (3037, Dialect::Sh, "echo -n a b"),
    (3037, Dialect::Sh, "echo -n a > b c"),
    (3037, Dialect::Sh, "echo -e 'a\\c'"),
];

fn hold(linter: &Linter, expects_safe: bool, (code, dialect, before, expected): (u16, Dialect, &str, &str)) {
    let (is_safe, after) = mended(linter, code, dialect, before).unwrap_or_else(|| panic!("SC{code} {before}"));
    assert!(is_safe == expects_safe && after == expected, "SC{code} of {before}: {after}");
    let (was, is) = (codes(linter, dialect, before), codes(linter, dialect, &after));
    let count = |codes: &[u16]| codes.iter().filter(|other| **other == code).count();
    assert!(count(&is) < count(&was) && is.len() < was.len(), "SC{code} of {before}: {is:?}");
}

#[test]
fn a_safe_fix_leaves_a_script_doing_what_it_does() {
    let linter = Linter::new();
    for case @ (code, dialect, before, after) in SAFE {
        hold(&linter, true, *case);
        let ran = run(*dialect, before);
        assert!(ran.iter().any(|(_, was)| was.status.success()) || *dialect != Dialect::Sh, "SC{code}: {ran:?}");
        for ((shell, was), (_, is)) in ran.into_iter().zip(run(*dialect, after)) {
            // A shell that does not have what the code tells of makes nothing of the script.
            if was.status.success() {
                assert!(was.stdout == is.stdout && is.status.success(), "{shell}: {was:?} and {is:?} of {before}");
            }
        }
    }
}

#[test]
fn a_fix_for_review_mends_what_it_is_offered_for() {
    let linter = Linter::new();
    for case in REVIEW {
        hold(&linter, false, *case);
    }
}

#[test]
fn what_may_do_harm_is_not_offered() {
    let linter = Linter::new();
    for (code, dialect, text) in LEFT {
        assert_eq!(mended(&linter, *code, *dialect, text), None, "SC{code} of {text}");
    }
}

/// The mistakes that keep a script from being read are the errors of these numbers.
fn is_broken(codes: &[u16]) -> bool {
    codes.iter().any(|code| matches!(code, 1019..=1100) && crate::level(*code) == Some(crate::Level::Error))
}

#[test]
fn every_fix_that_is_offered_mends_its_finding() {
    let linter = Linter::new();
    let mut wrong = Vec::new();
    for of in explained::all() {
        let Some((_, after)) = mended(&linter, of.code, of.dialect, of.bad) else { continue };
        let (was, is) = (codes(&linter, of.dialect, of.bad), codes(&linter, of.dialect, &after));
        let count = |codes: &[u16]| codes.iter().filter(|code| **code == of.code).count();
        let again = (count(&is) > 0).then(|| mended(&linter, of.code, of.dialect, &after)).flatten();
        if count(&is) >= count(&was)
            || is_broken(&is) && !is_broken(&was)
            || again.is_some_and(|(_, again)| again == after)
        {
            wrong.push(format!("SC{}: {} becomes {after}: {is:?}", of.code, of.bad));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_ends_where_the_shell_ends_it() {
    for (word, rest) in [
        ("a", " b"),
        ("\"a b\"c", ";"),
        ("$(a \"b c\" 'd )')", " e"),
        ("\"$(a \"b\" (c))\"", "\n"),
        ("${a:-b c}", "&&"),
        ("a\\ b", "|"),
        ("'a\\'", " b"),
        ("`a b`c", ")"),
        ("", " "),
    ] {
        assert_eq!(super::word_end(&[word, rest].concat()), Some(word.len()), "{word}{rest}");
    }
    for text in ["\"a", "$(a", "'", "${", "`", "\\", "$'a'", "$(a # )\n)"] {
        assert_eq!(super::word_end(text), None, "{text}");
    }
}
