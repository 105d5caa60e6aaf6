use super::differences;
use crate::document::Document;
use crate::input::Input;
use crate::plan::BuildPlan;
use crate::rules::Change;
use layerwise_syntax::parse;

/// The changes between two texts; `None` stands for one that no safe fix may make.
fn changes(before: &str, after: &str) -> Vec<Option<Change>> {
    let plan = |text: &str| BuildPlan::of(&Document::new(&parse(text), &Input::new(text)));
    differences(&plan(before), &plan(after)).into_iter().map(|difference| difference.change).collect()
}

fn assert_same(before: &str, after: &str) {
    assert_eq!(changes(before, after), [], "{before}\n->\n{after}");
}

fn assert_never(before: &str, after: &str) {
    assert!(changes(before, after).contains(&None), "{before}\n->\n{after}: {:?}", changes(before, after));
}

#[test]
fn the_same_build_may_be_written_in_many_ways() {
    for (before, after) in [
        ("FROM a\nrun make\n", "from a\nRUN make\n"),
        ("FROM a\nRUN x && \\\n  y\n", "FROM a\nRUN x \\\n    # why\n    && y\n"),
        ("FROM a\nENV A b c\n", "FROM a\nENV A=\"b c\"\n"),
        ("FROM a\nENV A b $UNKNOWN\n", "FROM a\nENV A=\"b $UNKNOWN\"\n"),
        ("FROM a\nWORKDIR /x\nWORKDIR y\nRUN z\n", "FROM a\nWORKDIR /x\nWORKDIR /x/y\nRUN z\n"),
        ("FROM a\nCOPY a b /x\n", "FROM a\nCOPY a b /x/\n"),
        ("FROM a\nADD *.conf /x/\n", "FROM a\nCOPY *.conf /x/\n"),
        ("FROM a\nADD a.txt /x\n", "FROM a\nCOPY a.txt /x\n"),
        ("FROM a AS b\nFROM c\nCOPY --from=0 /x /x\n", "FROM a AS b\nFROM c\nCOPY --from=b /x /x\n"),
        ("FROM a\nCMD [\"x\"]\nCOPY x /x\n", "FROM a\nCOPY x /x\nCMD [\"x\"]\n"),
        ("FROM a\nCMD [\"x\"]\nCMD [\"y\"]\n", "FROM a\nCMD [\"y\"]\n"),
        ("FROM a\nLABEL a=1\nLABEL b=2\n", "FROM a\nLABEL b=2 a=1\n"),
    ] {
        assert_same(before, after);
    }
}

#[test]
fn what_a_rule_may_declare_is_told_apart() {
    for (before, after, change) in [
        ("FROM a\nRUN x\nRUN y\n", "FROM a\nRUN x && y\n", Change::Layers),
        ("FROM a\nRUN cd /x && y\nRUN z\n", "FROM a\nRUN (cd /x && y) && z\n", Change::Layers),
        ("FROM a\nRUN x\n", "FROM a\nRUN x && rm -rf /tmp/x\n", Change::UnusedFiles),
        ("FROM a\nRUN apk update && apk add b\n", "FROM a\nRUN apk add b\n", Change::Freshness),
        ("FROM a\nRUN apt-get install x\n", "FROM a\nRUN apt-get install -y x\n", Change::Options),
        ("FROM a\nRUN apk add b a\n", "FROM a\nRUN apk add a b\n", Change::Wording),
        ("FROM a\nRUN sudo make\n", "FROM a\nRUN make\n", Change::Wording),
        ("FROM a\nRUN A=`b` && c\n", "FROM a\nRUN A=$(b) && c\n", Change::Options),
        ("FROM a\nRUN egrep b /c\n", "FROM a\nRUN grep -E b /c\n", Change::Wording),
        ("FROM a\nRUN mkdir /x && y\n", "FROM a\nRUN y\n", Change::Redundant),
        ("FROM a\nCOPY x /x\n", "FROM a\nCOPY --chmod=755 x /x\n", Change::Modes),
        ("FROM a\nRUN x; y\n", "FROM a\nRUN x && y\n", Change::Strictness),
        ("FROM a\nCMD x\n", "FROM a\nCMD [\"x\"]\n", Change::Process),
        ("FROM a\nENV A=1\nRUN x\n", "FROM a\nARG A=1\nRUN x\n", Change::Environment),
        ("FROM a\nEXPOSE 80:80\n", "FROM a\nEXPOSE 80\n", Change::Ports),
    ] {
        let seen = changes(before, after);
        assert!(!seen.is_empty(), "{before}\n->\n{after}");
        // Of an image's own settings both the stage and the image tell.
        assert!(seen.iter().all(|seen| *seen == Some(change)), "{before}\n->\n{after}: {seen:?}");
    }
}

/// What fixes are known to break, of ours and of others.
#[test]
fn damage_is_seen() {
    for (before, after) in [
        // A directory or an option that was gone reaches the next command.
        ("FROM a\nRUN cd /x && y\nRUN z\n", "FROM a\nRUN cd /x && y && z\n"),
        ("FROM a\nRUN export A=1\nRUN z\n", "FROM a\nRUN export A=1 && z\n"),
        ("FROM a\nRUN (cd /x && y) && z\n", "FROM a\nRUN cd /x && y && z\n"),
        ("FROM a\nRUN set -e\nRUN x; y\n", "FROM a\nRUN set -e && { x; y; }\n"),
        // Commands are lost, added, moved, made conditional.
        ("FROM a\nRUN x && y\n", "FROM a\nRUN y\nRUN z\n"),
        ("FROM a\nRUN x\n", "FROM a\nRUN x && curl b\n"),
        ("FROM a\nRUN x\nRUN y\n", "FROM a\nRUN y\nRUN x\n"),
        ("FROM a\nRUN x && y\n", "FROM a\nRUN x || y\n"),
        ("FROM a\nRUN x && y\n", "FROM a\nRUN x; y\n"),
        ("FROM a\nRUN x | y\n", "FROM a\nRUN x && y\n"),
        // Another user, directory, shell or environment.
        ("FROM a\nRUN x\nUSER b\n", "FROM a\nUSER b\nRUN x\n"),
        ("FROM a\nUSER b\nCMD [\"x\"]\n", "FROM a\nCMD [\"x\"]\n"),
        ("FROM a\nWORKDIR app\nRUN x\n", "FROM a\nWORKDIR /appWORKDIR app\nRUN x\n"),
        ("FROM a\nRUN x\n", "FROM a\nSHELL [\"bash\", \"-c\"]\nRUN x\n"),
        ("FROM a\nENV X \"a b\"\n", "FROM a\nENV X=\"\\\"a b\\\"\"\n"),
        ("FROM a\nENV A=1\n", "FROM a\nENV A=2\n"),
        // Another base, platform, stage.
        ("FROM a\n", "FROM a:1\n"),
        ("FROM --platform=linux/arm64 a\n", "FROM a\n"),
        ("FROM a AS b\nFROM c\nCOPY --from=b /x /x\n", "FROM a AS b\nFROM c\nCOPY --from=x /x /x\n"),
        ("FROM a AS b\nRUN x\n", "FROM a\nRUN x\n"),
        // Other files, from elsewhere, to another place, as they are and not unpacked.
        ("FROM a\nADD a.tar.gz /\n", "FROM a\nCOPY a.tar.gz /\n"),
        ("FROM a\nADD a* /x/\n", "FROM a\nCOPY a* /x/\n"),
        ("FROM a\nADD $TARBALL /\n", "FROM a\nCOPY $TARBALL /\n"),
        ("FROM a\nADD https://e.org/a /\n", "FROM a\nCOPY https://e.org/a /\n"),
        ("FROM a\nCOPY a b /x/\n", "FROM a\nCOPY a /x/\n"),
        ("FROM a\nCOPY a /x\n", "FROM a\nCOPY a /x/\n"),
        ("FROM a\nCOPY a /x\n", "FROM a\nCOPY a /y\n"),
        ("FROM a\nCOPY a /x\nRUN y\n", "FROM a\nRUN y\nCOPY a /x\n"),
        ("FROM a\nCOPY --exclude=b . /x\n", "FROM a\nCOPY . /x\n"),
        ("FROM a\nRUN --network=none x\n", "FROM a\nRUN x\n"),
        ("FROM a\nVOLUME /x\n", "FROM a\n"),
    ] {
        assert_never(before, after);
    }
}

#[test]
fn a_step_among_many_of_its_kind_is_found_again() {
    let runs = |clean: &str| {
        format!("FROM a\nRUN dnf install -y b{clean}\nRUN dnf install -y c && dnf clean all\nRUN dnf install -y d\n")
    };
    assert_eq!(changes(&runs(""), &runs(" && dnf clean all")), [Some(Change::UnusedFiles)]);
    let twice =
        |first: &str| format!("FROM a\nRUN {first} update && {first} install b\nRUN apt update && apt install b\n");
    let seen = changes(&twice("apt"), &twice("apt-get"));
    assert!(seen.iter().all(|seen| *seen == Some(Change::Wording)), "{seen:?}");
    let moved = ["apt-get update\nRUN wget b", "wget b\nRUN apt-get update"];
    let moved = moved.map(|first| format!("FROM a\nRUN {first}\nRUN apt-get install -y c\n"));
    assert!(changes(&moved[0], &moved[1]).iter().all(|seen| *seen == Some(Change::Freshness)));
}
