//! SC1070 to SC1143.

use super::Explained;
use crate::Dialect;

pub(super) const CODES: &[Explained] = &[
    Explained {
        code: 1070,
        dialect: Dialect::Sh,
        title: "The script cannot be read on from here",
        why: "Something stands here that cannot begin or continue a command: often a stray parenthesis, a keyword without its partner, or syntax of another shell. The shell refuses the script. Look for the first thing that is not closed in front of this place.",
        bad: ": &|",
        good: ": &",
    },
    Explained {
        code: 1072,
        dialect: Dialect::Sh,
        title: "Syntax error",
        why: "The shell cannot read on at this place, so no command of the script runs and the build stops. Mend what is said about the construct around it.",
        bad: r#"if [ "$A" = "$B"; then echo same; fi"#,
        good: r#"if [ "$A" = "$B" ]; then echo same; fi"#,
    },
    Explained {
        code: 1073,
        dialect: Dialect::Sh,
        title: "Construct that cannot be read",
        why: "This construct begins properly and does not end as it should, so the shell refuses the script and the build stops. Look inside it for a missing bracket, quote or keyword.",
        bad: r#"if [ "$A" = "$B"; then echo same; fi"#,
        good: r#"if [ "$A" = "$B" ]; then echo same; fi"#,
    },
    Explained {
        code: 1074,
        dialect: Dialect::Sh,
        title: "Pattern of a case that goes on behind its parenthesis",
        why: "An unquoted parenthesis ends the list of patterns of a `case` branch. Whatever stands behind it is read as a command. Write the alternatives out, separated by |.",
        bad: r#"case "$TARGETARCH" in (arm|aarch)64) echo arm;; esac"#,
        good: r#"case "$TARGETARCH" in arm64|aarch64) echo arm;; esac"#,
    },
    Explained {
        code: 1075,
        dialect: Dialect::Sh,
        title: "else if instead of elif",
        why: "`else if` opens a second `if`, which needs a `fi` of its own. `elif` continues the first one.",
        bad: r#"if [ "$A" = 1 ]; then make; else if [ "$A" = 2 ]; then make test; fi; fi"#,
        good: r#"if [ "$A" = 1 ]; then make; elif [ "$A" = 2 ]; then make test; fi"#,
    },
    Explained {
        code: 1078,
        dialect: Dialect::Sh,
        title: "Double quote that seems not to be closed",
        why: "A double-quoted string runs over several lines up to a quote that was probably meant to open another one. From there on text and code have changed places. Close the string, or escape the quotes inside of it.",
        bad: r#"echo "one
name="$NAME" two
""#,
        good: r#"echo "one
name=\"$NAME\" two
""#,
    },
    Explained {
        code: 1079,
        dialect: Dialect::Sh,
        title: "Quote that ends a string where one should begin",
        why: "This quote closes a string that began on a line above, and the character behind it suggests that it was meant to open one. Look for the quote that is missing further up, or escape this one.",
        bad: r#"echo "one
name="$NAME" two
""#,
        good: r#"echo "one
name=\"$NAME\" two
""#,
    },
    Explained {
        code: 1080,
        dialect: Dialect::Sh,
        title: "Line break in a test",
        why: "`[` is a command, so a line break ends it before its closing bracket. Join the lines with a backslash, or keep the test on one line.",
        bad: r#"if [ "$TARGETARCH" = arm64
]; then echo arm; fi"#,
        good: r#"if [ "$TARGETARCH" = arm64 ]; then echo arm; fi"#,
    },
    Explained {
        code: 1083,
        dialect: Dialect::Sh,
        title: "Brace that stands for itself",
        why: "A brace outside quotes means a group of commands or a list only in a few places. Elsewhere it is text, which is seldom what was meant. Quote it to say that it is text.",
        bad: "git checkout stash@{1}",
        good: "git checkout 'stash@{1}'",
    },
    Explained {
        code: 1085,
        dialect: Dialect::Bash,
        title: "Extended pattern glued to a case",
        why: "Patterns such as +(a|b) are an extension of bash, and at this place they break the reading of the `case`. Write the alternatives out, separated by |.",
        bad: r#"case "$TARGETARCH" in arm(64|v7)) echo arm;; esac"#,
        good: r#"case "$TARGETARCH" in arm64|armv7) echo arm;; esac"#,
    },
    Explained {
        code: 1087,
        dialect: Dialect::Sh,
        title: "Subscript of an array without braces",
        why: "$NAME[0] is the variable followed by a pattern in brackets, which the shell may replace by file names. Write ${NAME[0]} for an element, or ${NAME} in front of a bracket that is text.",
        bad: r#"echo "$PKGS[0]""#,
        good: r#"echo "${PKGS}[0]""#,
    },
    Explained {
        code: 1088,
        dialect: Dialect::Sh,
        title: "Parenthesis of another language",
        why: "An opening parenthesis directly behind a word belongs to the call of a function in other languages. The shell reads arguments without parentheses and refuses them here.",
        bad: "set path = ( /usr/bin )",
        good: "PATH=/usr/bin",
    },
    Explained {
        code: 1089,
        dialect: Dialect::Sh,
        title: "Keyword without its opening",
        why: "`fi`, `done`, `esac` or a closing brace stands here without the keyword that it closes. The shell refuses the script. Remove it, or write the `if`, the `do` or the `case` that is missing.",
        bad: "echo built; fi",
        good: "if [ -d dist ]; then echo built; fi",
    },
    Explained {
        code: 1097,
        dialect: Dialect::Sh,
        title: "Two equals signs in an assignment",
        why: "NAME==value stores the text =value. A comparison is written with brackets and blanks, and a value that begins with = in quotes.",
        bad: "IFS==",
        good: "IFS='='",
    },
    Explained {
        code: 1101,
        dialect: Dialect::Sh,
        title: "Backslash in front of a blank",
        why: "A backslash joins two lines only when it is the very last character, and elsewhere makes the blank behind it a part of the word. Remove the blank behind it, or write the blank in quotes.",
        bad: r#"ARCH=`uname -a | cut -f12 -d\ `; echo "$ARCH""#,
        good: r#"ARCH=$(uname -a | cut -f12 -d' '); echo "$ARCH""#,
    },
    Explained {
        code: 1102,
        dialect: Dialect::Sh,
        title: "Arithmetic or a subshell in a substitution",
        why: "$(( opens arithmetic, and what is in it does not look like a sum. Where a command substitution is meant that begins with a subshell, write a blank: $( ( … ) ). Where a sum is meant, write its operator.",
        bad: r#"echo "$(( 6 $1 7 ))""#,
        good: r#"echo "$(( 6 * 7 ))""#,
    },
    Explained {
        code: 1105,
        dialect: Dialect::Sh,
        title: "Arithmetic or a subshell in a subshell",
        why: "(( opens arithmetic in bash. Where two subshells inside each other are meant, shells do not agree on what they read. Write a blank between the parentheses.",
        bad: "((echo one; echo two) | sort; echo three) > list.txt",
        good: "( (echo one; echo two) | sort; echo three) > list.txt",
    },
    Explained {
        code: 1110,
        dialect: Dialect::Sh,
        title: "Typographic quote outside quotes",
        why: "“ and ” are ordinary characters to a shell. They become part of the word, and what they enclose is not quoted. Type straight quotes.",
        bad: "echo “hello”",
        good: r#"echo "hello""#,
    },
    Explained {
        code: 1112,
        dialect: Dialect::Sh,
        title: "Typographic quote in single quotes",
        why: "The curly quote in this string is text to the shell. If it was meant as a quote, type a straight one; if it belongs to the text, use double quotes around it.",
        bad: "echo 'it’s built'",
        good: r#"echo "it’s built""#,
    },
    Explained {
        code: 1118,
        dialect: Dialect::Sh,
        title: "Blank behind the end marker of a heredoc",
        why: "The end marker must be alone on its line; with a blank behind it it is text, and the heredoc swallows the rest of the script. Remove the blank.",
        bad: "cat <<END > /etc/motd
hello
END ",
        good: "cat <<END > /etc/motd
hello
END",
    },
    Explained {
        code: 1126,
        dialect: Dialect::Sh,
        title: "ShellCheck comment behind a command",
        why: "A `# shellcheck` comment speaks about the command below it, and stands on a line of its own. Behind a command it has no effect.",
        bad: "echo $VERSION # shellcheck disable=SC2086",
        good: "# shellcheck disable=SC2086
echo $VERSION",
    },
    Explained {
        code: 1127,
        dialect: Dialect::Sh,
        title: "Comment of another language",
        why: "// and /* begin no comment in a shell: they are taken for paths of programs. Write # for a comment.",
        bad: "/* build the application */
make",
        good: "# build the application
make",
    },
    Explained {
        code: 1132,
        dialect: Dialect::Sh,
        title: "Ampersand that ends a command",
        why: "A single & ends the command and runs it in the background, and the word behind it becomes the next command. Quote it if it belongs to the text, such as an address, or write &&.",
        bad: "curl -fsSL https://example.com/get?os=linux&arch=arm64 -o tool",
        good: "curl -fsSL 'https://example.com/get?os=linux&arch=arm64' -o tool",
    },
    Explained {
        code: 1133,
        dialect: Dialect::Sh,
        title: "Operator at the beginning of a line",
        why: "A line break ends a command, and a line cannot begin with |, || or &&. The shell refuses it. Put the operator at the end of the line before.",
        bad: "make
&& make install",
        good: "make &&
make install",
    },
    Explained {
        code: 1140,
        dialect: Dialect::Bash,
        title: "Something stands behind the condition",
        why: "Behind the closing bracket of a condition a semicolon, a line break or && must follow before the next word. Braces around a branch belong to other shells. Write `; then`.",
        bad: "if [[ -f go.mod ]] { go build; }",
        good: "if [[ -f go.mod ]]; then go build; fi",
    },
    Explained {
        code: 1141,
        dialect: Dialect::Sh,
        title: "Something stands behind a compound command",
        why: "Behind `fi`, `done`, `esac` or a closing brace only a redirection or an operator may follow. Another word is a syntax error. Put a semicolon or && in between.",
        bad: "{ make; } always { rm -f lock; }",
        good: "{ make; }; rm -f lock",
    },
    Explained {
        code: 1143,
        dialect: Dialect::Sh,
        title: "Backslash inside a comment",
        why: "A comment ends where its line ends, whatever its last character is. A line that continues it with a backslash does not exist for the shell. Put the comment in front of the command.",
        bad: r"echo one \
  # two \
  three",
        good: r"# without two
echo one \
  three",
    },
];
