//! Named cases: what BuildKit's grammar makes of every instruction and odd form.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use layerwise_syntax::{Arguments, Command, DirectiveKind, Dockerfile, Healthcheck, ProblemKind, Source, parse};

fn kinds(text: &str) -> Vec<ProblemKind> {
    parse(text).problems.iter().map(|problem| problem.kind).collect()
}

fn keywords(file: &Dockerfile) -> Vec<&str> {
    file.instructions.iter().map(|instruction| instruction.keyword.text.as_str()).collect()
}

/// What a shell receives from the last instruction.
fn shell_text(text: &str) -> String {
    match &parse(text).instructions.last().unwrap().arguments {
        Arguments::Run(Command::Shell(shell)) => shell.text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_continued_line_goes_on_over_comments_and_blank_lines() {
    let text = "FROM a\nRUN one \\\n  # why\n\n  two\n";
    assert_eq!(shell_text(text), "one   two");
    let file = parse(text);
    assert_eq!(file.instructions[1].comments.len(), 1);
    assert_eq!(file.instructions[1].blank_lines.len(), 1);
    assert!(file.problems.is_empty());
}

#[test]
fn two_escape_characters_do_not_continue_a_line() {
    assert_eq!(keywords(&parse("FROM a\nRUN x \\\\\nUSER b\n")), ["FROM", "RUN", "USER"]);
}

#[test]
fn blanks_may_follow_the_escape_character() {
    assert_eq!(shell_text("FROM a\nRUN one \\  \t\ntwo"), "one two");
}

#[test]
fn the_escape_directive_changes_what_continues_a_line() {
    assert_eq!(shell_text("# escape=`\nFROM a\nRUN dir C:\\ `\n && x"), "dir C:\\  && x");
    // Only at the very top.
    assert_eq!(parse("\n# escape=`\nFROM a\n").escape, '\\');
    assert_eq!(parse("# a comment\n# escape=`\nFROM a\n").escape, '\\');
    assert_eq!(parse("# other=x\n# escape=`\nFROM a\n").escape, '`');
    assert_eq!(kinds("# escape=x\nFROM a\n"), [ProblemKind::InvalidEscape]);
    assert_eq!(kinds("# escape=`\n# escape=`\nFROM a\n"), [ProblemKind::DuplicateDirective]);
}

#[test]
fn behind_a_shebang_only_the_frontend_is_spoken_to() {
    let kinds = |text: &str| parse(text).directives.iter().map(|directive| directive.kind).collect::<Vec<_>>();
    let shebang = "#!/usr/bin/env docker\n# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n";
    assert_eq!(kinds(shebang), [DirectiveKind::Syntax, DirectiveKind::Check]);
    assert_eq!(kinds("# a comment\n# check=skip=all\nFROM a\n"), []);
    assert_eq!(kinds("# check=skip=all\n#!/bin/sh\n# syntax=a\nFROM a\n"), [DirectiveKind::Check]);
    assert_eq!(parse("#!/bin/sh\n# escape=`\nFROM a\n").escape, '\\');
}

#[test]
fn a_heredoc_body_is_not_an_instruction() {
    let file = parse("FROM a\nRUN <<EOF\nFROM b\nEOF\nUSER c\n");
    assert_eq!(keywords(&file), ["FROM", "RUN", "USER"]);
    let heredoc = &file.instructions[1].heredocs[0];
    assert_eq!(file.slice(heredoc.body), "FROM b\n");
    assert!(heredoc.expands);
}

#[test]
fn blanks_may_stand_before_the_name_of_a_heredoc() {
    for line in ["cat << EOF > /x", "<<\t EOF", "cat > /x << 'EOF'"] {
        let file = parse(&format!("FROM a\nRUN {line}\nFROM b\nEOF\nUSER c\n"));
        assert_eq!(keywords(&file), ["FROM", "RUN", "USER"], "{line}");
        assert_eq!(file.slice(file.instructions[1].heredocs[0].body), "FROM b\n", "{line}");
    }
    // A dash belongs to the two, and a third makes it another thing.
    assert_eq!(keywords(&parse("FROM a\nRUN cat <<- E\nE\n")), ["FROM", "RUN", "E"]);
    assert_eq!(keywords(&parse("FROM a\nRUN cat <<< E\nUSER b\n")), ["FROM", "RUN", "USER"]);
    assert_eq!(keywords(&parse("FROM a\nRUN echo '<< E' \"<< E\"\nUSER b\n")), ["FROM", "RUN", "USER"]);
}

#[test]
fn several_heredocs_follow_each_other() {
    let file = parse("FROM a\nCOPY <<A <<-'B' /x/\n1\nA\n\t2\n\tB\nUSER c\n");
    assert_eq!(keywords(&file), ["FROM", "COPY", "USER"]);
    let Arguments::Copy(copy) = &file.instructions[1].arguments else { panic!() };
    assert!(matches!(copy.sources[..], [Source::Heredoc(0, _), Source::Heredoc(1, _)]));
    assert_eq!(file.slice(file.instructions[1].heredocs[1].body), "\t2\n");
    assert!(!file.instructions[1].heredocs[1].expands);
}

#[test]
fn only_some_instructions_have_heredocs_and_never_in_json() {
    assert_eq!(keywords(&parse("FROM a\nENV X=<<E\nE\n")), ["FROM", "ENV", "E"]);
    assert_eq!(keywords(&parse("FROM a\nRUN [\"<<E\"]\nUSER b\n")), ["FROM", "RUN", "USER"]);
    assert_eq!(keywords(&parse("FROM a\nONBUILD RUN <<E\nx\nE\n")), ["FROM", "ONBUILD"]);
    assert_eq!(keywords(&parse("FROM a\nRUN <<\"\"\nUSER b\n")), ["FROM", "RUN", "USER"]);
    assert_eq!(keywords(&parse("FROM a\nRUN cat <<<word\nUSER b\n")), ["FROM", "RUN", "USER"]);
}

#[test]
fn a_heredoc_without_end_is_a_problem_at_its_marker() {
    let file = parse("FROM a\nRUN <<EOF\nx\n");
    assert_eq!(file.problems[0].kind, ProblemKind::UnterminatedHeredoc);
    assert_eq!(file.slice(file.problems[0].range), "<<EOF");
}

#[test]
fn bad_json_is_shell_form_and_other_json_is_a_problem() {
    assert_eq!(shell_text("FROM a\nRUN ['x']"), "['x']");
    assert_eq!(kinds("FROM a\nCMD ['x']"), []);
    assert_eq!(kinds("FROM a\nCMD [1]"), [ProblemKind::InvalidJson]);
    assert_eq!(kinds("FROM a\nSHELL bash"), [ProblemKind::InvalidArgument]);
}

#[test]
fn flags_end_where_other_words_begin() {
    let file = parse("FROM a\nRUN --mount=type=secret,id=x --network=none curl --mount=y\n");
    let names: Vec<&str> = file.instructions[1].flags.iter().map(|flag| flag.name.as_str()).collect();
    assert_eq!(names, ["mount", "network"]);
    assert!(file.problems.is_empty());
}

#[test]
fn a_flag_with_nothing_behind_its_sign_is_none_or_a_problem_at_the_flag() {
    for text in [
        "FROM --platform= a\n",
        "FROM a\nCOPY --chmod= --chown= --from= b c\n",
        "FROM a\nADD --checksum= b c\n",
        "FROM a\nHEALTHCHECK --interval= --retries= CMD x\n",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
    for (text, flag) in [
        ("FROM a\nRUN --mount= x\n", "--mount="),
        ("FROM a\nRUN --network= x\n", "--network="),
        ("FROM a\nCOPY --link= b c\n", "--link="),
    ] {
        let file = parse(text);
        assert_eq!(file.slice(file.problems[0].range), flag, "{text}");
    }
}

#[test]
fn an_unknown_flag_names_the_nearest_one() {
    let file = parse("FROM a\nCOPY --form=b x y\n");
    assert_eq!(file.problems[0].kind, ProblemKind::UnknownFlag);
    assert_eq!(file.problems[0].correction.as_ref().unwrap().text, "--from");
}

#[test]
fn a_misspelt_instruction_names_the_nearest_one_and_the_rest_is_read() {
    let file = parse("FROM a\nrnu x\nUSER b\n");
    assert_eq!(file.problems[0].correction.as_ref().unwrap().text, "run");
    assert_eq!(keywords(&file), ["FROM", "rnu", "USER"]);
}

#[test]
fn what_buildkit_refuses_is_a_problem() {
    use ProblemKind as P;
    for (text, kind) in [
        ("", P::Empty),
        ("# only a comment\n", P::Empty),
        ("RUN x\nblah\n", P::UnknownInstruction),
        ("RUN x\nFROM a\n", P::BeforeFrom),
        ("FROM\n", P::MissingArgument),
        ("FROM a b\n", P::ExtraArgument),
        ("FROM a AS\n", P::MissingArgument),
        ("FROM a AS b c\n", P::ExtraArgument),
        ("FROM a AS 1b\n", P::InvalidName),
        ("FROM a\nCOPY x\n", P::MissingArgument),
        ("FROM a\nENV A\n", P::MissingArgument),
        ("FROM a\nENV A=1 B\n", P::InvalidName),
        ("FROM a\nENV =1\n", P::InvalidName),
        ("FROM a\nARG\n", P::MissingArgument),
        ("FROM a\nEXPOSE http\n", P::InvalidPort),
        ("FROM a\nUSER\n", P::MissingArgument),
        ("FROM a\nHEALTHCHECK --interval=5 CMD x\n", P::InvalidFlag),
        ("FROM a\nHEALTHCHECK x\n", P::InvalidArgument),
        ("FROM a\nHEALTHCHECK NONE x\n", P::ExtraArgument),
        ("FROM a\nONBUILD FROM b\n", P::InvalidTrigger),
        ("FROM a\nONBUILD ONBUILD RUN x\n", P::InvalidTrigger),
        ("FROM a\nRUN --mount=type=cash,target=/x y\n", P::InvalidFlag),
        ("FROM a\nRUN --network=lan y\n", P::InvalidFlag),
        ("FROM a\nCOPY --link --link x y\n", P::InvalidFlag),
        ("FROM a\nCOPY --from x y\n", P::InvalidFlag),
        ("FROM a\nCOPY --from=$b x y\n", P::VariableStage),
        ("FROM a\nCOPY --from=3 x y\n", P::UnknownStageNumber),
        ("FROM a AS b\nCOPY --from=b x y\n", P::StageTakesFromItself),
        ("FROM a AS b\nCOPY --from=c x y\nFROM a AS c\nCOPY --from=b x y\n", P::StageCircle),
        ("FROM a\nCOPY https://e.org/x y\n", P::InvalidArgument),
        ("FROM a\nENV A=${b\n", P::InvalidVariable),
        ("FROM Debian\n", P::InvalidName),
        ("FROM a:\n", P::InvalidName),
        ("FROM \"\"\n", P::InvalidName),
        ("FROM a:$TAG\n", P::InvalidName),
        ("FROM a AS Build\nFROM Build\n", P::InvalidName),
        ("FROM --platform=linus a\n", P::InvalidFlag),
        ("FROM --platform=$OS a\n", P::InvalidFlag),
        ("FROM a\nCOPY --from=Nope x y\n", P::InvalidName),
        ("FROM a\nCOPY git@e.org:x.git y\n", P::InvalidArgument),
        ("FROM a\nCOPY --chmod=888 x y\n", P::InvalidFlag),
        ("FROM a\nADD --checksum=sha256:0 https://e.org/x y\n", P::InvalidFlag),
        ("FROM a\nADD --checksum=sha256:0 x y\n", P::InvalidFlag),
        ("FROM a\nSTOPSIGNAL SIGSTOPP\n", P::InvalidArgument),
        ("FROM a\nEXPOSE localhost:80:80\n", P::InvalidPort),
        ("FROM a AS b\nRUN --mount=from=b,target=/x y\n", P::StageTakesFromItself),
        ("FROM a\nRUN --mount=from=$b,target=/x y\n", P::InvalidFlag),
        ("FROM a\nRUN --mount=type=bind,target=/x,uid=1 y\n", P::InvalidFlag),
        ("FROM a\nRUN --mount=type=cache,target=/ y\n", P::InvalidFlag),
        ("FROM a\nRUN --mount=type=secret y\n", P::InvalidFlag),
        ("FROM a\nVOLUME [\"a\", 1]\n", P::InvalidJson),
        ("FROM a\nSHELL bash\n", P::InvalidArgument),
        ("FROM a\nCOPY x <<E\ny\nE\n", P::InvalidArgument),
    ] {
        assert!(kinds(text).contains(&kind), "{text:?} should be {kind:?} and is {:?}", kinds(text));
    }
}

#[test]
fn a_misspelt_from_is_said_once() {
    assert_eq!(kinds("FORM alpine:3.23\nRUN x\n"), [ProblemKind::UnknownInstruction]);
}

#[test]
fn what_buildkit_accepts_is_no_problem() {
    for text in [
        "FROM a",
        "ARG A\nFROM $A AS b\nFROM b\nCOPY --from=B x y",
        "from a as b\nrun x",
        "FROM a\nENV A 1 2 = 3\nENV B=1 C=\"2 3\" D=4\\ 5",
        "FROM a\nHEALTHCHECK --interval=1m30s --retries=3 CMD [\"x\"]\nHEALTHCHECK NONE",
        "FROM a\nEXPOSE 80 53/udp 8000-8010 $PORT",
        "FROM a\nADD --checksum=$SUM https://e.org/x y\nADD git@e.org:x.git#v1 y",
        "FROM --platform=$BUILDPLATFORM a:${TAG:-1}\nFROM ${BASE:-a}\nFROM scratch",
        "ARG TAG\nARG OS=linux\nFROM --platform=$OS/$TARGETARCH a:$TAG",
        "FROM localhost:5000/a/b@sha256:0000000000000000000000000000000000000000000000000000000000000000",
        "FROM a\nCOPY --chmod=u=rwX,go=rX --from=e.org/a:1 x y\nADD --chmod=$MODE x y",
        "FROM a\nSTOPSIGNAL 9\nSTOPSIGNAL $SIGNAL\nEXPOSE 127.0.0.1:80:80",
        "FROM a\nRUN --mount=type=cache,id=$ID,target=/x,uid=1000,sharing=locked --mount=type=ssh,required y",
        "\u{feff}FROM a\r\nRUN x \\\r\n y\r\n",
        "FROM a\nRUN --mount=target=/x,rw,from=b y",
        "FROM a\nONBUILD HEALTHCHECK NONE",
        "FROM a\nMAINTAINER A \"B\" ${",
    ] {
        assert_eq!(parse(text).problems, [], "{text:?}");
    }
}

#[test]
fn a_text_without_from_whose_lines_are_instructions_is_a_fragment() {
    for text in ["RUN x\n", "COPY a b\n...\nRUN x\n", "ARG A\n"] {
        let file = parse(text);
        assert!(file.is_fragment && file.problems.is_empty(), "{text:?} {:?}", file.problems);
    }
    assert!(!parse("RUN x\nhello\n").is_fragment);
    assert!(!parse("FROM a\n...\n").is_fragment);
}

#[test]
fn healthcheck_and_onbuild_hold_what_they_run() {
    let file = parse("FROM a\nHEALTHCHECK --retries=3 CMD curl -f x\nONBUILD COPY a b\n");
    let Arguments::Healthcheck(Healthcheck::Command(Command::Shell(shell))) = &file.instructions[1].arguments else {
        panic!()
    };
    assert_eq!(shell.text, "curl -f x");
    let Arguments::Onbuild(trigger) = &file.instructions[2].arguments else { panic!() };
    assert_eq!(file.slice(trigger.range), "COPY a b");
}

#[test]
fn a_lone_carriage_return_is_text_and_no_line_ending() {
    let file = parse("FROM a\rRUN x\n");
    assert_eq!(file.instructions.len(), 1);
}
