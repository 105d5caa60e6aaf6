//! SC1001 to SC1069.

use super::Explained;
use crate::Dialect;

pub(super) const CODES: &[Explained] = &[
    Explained {
        code: 1001,
        dialect: Dialect::Sh,
        title: "Needless backslash",
        why: "Outside quotes a backslash before an ordinary letter is dropped, and the letter stands for itself. The text that you escape therefore arrives without its backslash. Leave the backslash out, or quote the word if the program is to see it.",
        bad: r"echo C:\data",
        good: r"echo 'C:\data'",
    },
    Explained {
        code: 1003,
        dialect: Dialect::Sh,
        title: "Backslash before a single quote",
        why: r"Between single quotes a backslash is an ordinary character and cannot protect a quote: the string ends there. If you want a quote in the text, close the string, write \' and open it again. If you want a backslash at the end, double quotes say it more clearly.",
        bad: r"sed -i '$a\' list.txt",
        good: r#"sed -i "\$a\\" list.txt"#,
    },
    Explained {
        code: 1007,
        dialect: Dialect::Sh,
        title: "Space after the equals sign of an assignment",
        why: "NAME= followed by a blank gives the variable an empty value for one command and takes the next word for that command. The value you meant is never stored. Remove the blank, or write NAME='' if it is to be empty.",
        bad: "VERSION= 1.2.3",
        good: r#"VERSION=1.2.3; echo "$VERSION""#,
    },
    Explained {
        code: 1010,
        dialect: Dialect::Sh,
        title: "Keyword that is read as an argument",
        why: "`done`, `fi`, `then` and their like are keywords only where a command can begin. Behind the words of another command they are plain arguments. Put a semicolon in front of the keyword, or quotes around it if it is a word.",
        bad: r#"for pkg in git curl; do echo "$pkg" done; done"#,
        good: r#"for pkg in git curl; do echo "$pkg"; done"#,
    },
    Explained {
        code: 1011,
        dialect: Dialect::Sh,
        title: "Single quote that ends the string in the middle of a word",
        why: "A single quote within a single-quoted string ends it, and what follows is read without quotes. Use double quotes around text with an apostrophe, or one pair of quotes around the whole.",
        bad: r"grep ^start'\s'end list.txt",
        good: r"grep '^start\send' list.txt",
    },
    Explained {
        code: 1012,
        dialect: Dialect::Sh,
        title: "Control character that is only a letter",
        why: r"Outside quotes \n, \t and \r are just the letters n, t and r. Let printf make the character: it reads these escapes in its format.",
        bad: r"echo one\ttwo",
        good: r"printf 'one\ttwo\n'",
    },
    Explained {
        code: 1019,
        dialect: Dialect::Sh,
        title: "Test operator without an operand",
        why: "An operator of a test, such as -f, has no operand here. Often the closing bracket sticks to it and is taken for a part of it. Put a blank in front of the bracket.",
        bad: "if [ -f go.mod]; then go build; fi",
        good: "if [ -f go.mod ]; then go build; fi",
    },
    Explained {
        code: 1020,
        dialect: Dialect::Sh,
        title: "No blank before the closing bracket",
        why: "`[` is a command and `]` its last argument, so it must be a word of its own. Glued to another word it is not seen, and the test ends with an error. Put a blank in front of it.",
        bad: r#"if [ "$TARGETARCH" = arm64]; then echo arm; fi"#,
        good: r#"if [ "$TARGETARCH" = arm64 ]; then echo arm; fi"#,
    },
    Explained {
        code: 1035,
        dialect: Dialect::Sh,
        title: "Missing blank",
        why: "Two parts of the script stand side by side without the blank that separates them, so the shell reads one word where you meant two. Put a blank between them.",
        bad: "if [! -f /etc/os-release ]; then exit 1; fi",
        good: "if [ ! -f /etc/os-release ]; then exit 1; fi",
    },
    Explained {
        code: 1037,
        dialect: Dialect::Sh,
        title: "Positional parameter above nine without braces",
        why: "$10 is the first argument followed by a 0. Braces tell the shell where the number ends: ${10}.",
        bad: r#"install_all() { echo "$10"; }; install_all a b c d e f g h i j"#,
        good: r#"install_all() { echo "${10}"; }; install_all a b c d e f g h i j"#,
    },
    Explained {
        code: 1039,
        dialect: Dialect::Sh,
        title: "Indented end marker of a heredoc",
        why: "With << the end marker must stand at the very beginning of its line. An indented one is text like any other, and the heredoc swallows the rest of the script. Remove the blanks, or use <<- and indent with tabs.",
        bad: "cat <<END > /etc/motd
hello
  END",
        good: "cat <<END > /etc/motd
hello
END",
    },
    Explained {
        code: 1040,
        dialect: Dialect::Sh,
        title: "End marker of a heredoc indented with spaces",
        why: "<<- takes away tabs, not spaces. A marker behind spaces does not end the heredoc, which then swallows the rest of the script. Indent with tabs only, or not at all.",
        bad: "cat <<-END > /etc/motd
hello
  END",
        good: "cat <<-END > /etc/motd
hello
END",
    },
    Explained {
        code: 1041,
        dialect: Dialect::Sh,
        title: "End marker that shares its line",
        why: "The end marker of a heredoc counts only when nothing else stands on its line. Behind other text it is text as well, and the heredoc goes on. Give it a line of its own.",
        bad: "cat <<END > /etc/motd
hello END",
        good: "cat <<END > /etc/motd
hello
END",
    },
    Explained {
        code: 1042,
        dialect: Dialect::Sh,
        title: "End marker of a heredoc that is only nearly right",
        why: "A line near the end of the heredoc resembles its end marker without being equal to it, so the heredoc does not end there. Write the marker exactly as behind <<, without its quotes.",
        bad: "cat <<'END' > /etc/motd
hello
'END'",
        good: "cat <<'END' > /etc/motd
hello
END",
    },
    Explained {
        code: 1044,
        dialect: Dialect::Sh,
        title: "Heredoc without an end",
        why: "The end marker of this heredoc never comes, so everything behind it becomes its text and no command of it runs. Write the marker alone on a line.",
        bad: "cat <<END > /etc/motd
hello",
        good: "cat <<END > /etc/motd
hello
END",
    },
    Explained {
        code: 1045,
        dialect: Dialect::Sh,
        title: "Semicolon behind an ampersand",
        why: "& already ends a command, and a semicolon directly behind it ends an empty one, which the shell refuses. Write only one of the two.",
        bad: "redis-server &; redis-cli ping",
        good: "redis-server & redis-cli ping",
    },
    Explained {
        code: 1046,
        dialect: Dialect::Sh,
        title: "if without fi",
        why: "Every `if` is closed by a `fi`. Without it the shell refuses the whole script and the build stops. Add `fi` where the branch ends.",
        bad: "if [ -f go.mod ]; then go mod download",
        good: "if [ -f go.mod ]; then go mod download; fi",
    },
    Explained {
        code: 1047,
        dialect: Dialect::Sh,
        title: "The fi of an if is missing",
        why: "The shell looks for the `fi` of this `if` and finds the end of the script or another keyword. Nothing runs then. Close the `if` with `; fi`.",
        bad: "if [ -f go.mod ]; then go mod download",
        good: "if [ -f go.mod ]; then go mod download; fi",
    },
    Explained {
        code: 1048,
        dialect: Dialect::Sh,
        title: "Branch without a command",
        why: "A `then`, `else` or `do` needs at least one command behind it; the shell refuses an empty one. Write `:`, which does nothing, or remove the branch.",
        bad: "if true; then echo yes; else fi",
        good: "if true; then echo yes; fi",
    },
    Explained {
        code: 1049,
        dialect: Dialect::Sh,
        title: "if without then",
        why: "The condition of an `if` ends where `then` stands at the beginning of a command. It is missing here, or glued to the condition for lack of a semicolon. Write `; then` behind the condition.",
        bad: "if [ -f go.mod ]; go mod download; fi",
        good: "if [ -f go.mod ]; then go mod download; fi",
    },
    Explained {
        code: 1058,
        dialect: Dialect::Sh,
        title: "do is missing",
        why: "The shell expected the `do` of a loop here and found something else, so it refuses the script. Put `; do` behind the list or the condition.",
        bad: "until nc -z db 5432
done",
        good: "until nc -z db 5432; do sleep 1; done",
    },
    Explained {
        code: 1062,
        dialect: Dialect::Sh,
        title: "The done of a loop is missing",
        why: "The shell looks for the `done` of this loop and finds the end of the script or another keyword. Nothing runs then. Close the loop with `; done`.",
        bad: r#"while read -r pkg; do echo "$pkg""#,
        good: r#"while read -r pkg; do echo "$pkg"; done"#,
    },
    Explained {
        code: 1064,
        dialect: Dialect::Bash,
        title: "Function body without braces",
        why: "The name of a function is followed by its body in braces. Some shells take other commands for a body, others refuse them. Put the commands in `{ …; }`.",
        bad: "has_version() [[ -n $VERSION ]]",
        good: "has_version() { [[ -n $VERSION ]]; }",
    },
    Explained {
        code: 1065,
        dialect: Dialect::Sh,
        title: "Parameters between the parentheses of a function",
        why: r#"The parentheses of a shell function stay empty: arguments arrive as $1, $2 and so on. A name in between is a syntax error. Leave it out and read "$1"."#,
        bad: r#"fetch(url) { curl -fsSL "$1"; }"#,
        good: r#"fetch() { curl -fsSL "$1"; }"#,
    },
    Explained {
        code: 1069,
        dialect: Dialect::Sh,
        title: "if glued to its bracket",
        why: "Without a blank `if[` is the name of a command, which does not exist, and the `then` behind it is a syntax error. Put a blank between them.",
        bad: "if[ -f go.mod ]; then go build; fi",
        good: "if [ -f go.mod ]; then go build; fi",
    },
];
