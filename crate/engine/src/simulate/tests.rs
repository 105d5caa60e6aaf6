use super::{Because, Candidates, Change, Note, Place, Simulation, State, simulate};
use crate::config::Config;
use crate::dockerignore::Dockerignore;
use crate::document::Document;
use crate::input::Input;
use crate::plan::BuildPlan;
use layerwise_syntax::{TextSize, parse};

struct Answer {
    text: String,
    plan: BuildPlan,
    simulation: Simulation,
}

impl Answer {
    fn of(input: &Input<'_>, change: &Change) -> Answer {
        let file = parse(input.dockerfile);
        let plan = BuildPlan::of(&Document::new(&file, input));
        let ignore = input.dockerignore.map(Dockerignore::read);
        let simulation = simulate(&plan, ignore.as_ref(), change);
        Answer { text: input.dockerfile.to_owned(), plan, simulation }
    }

    fn line(&self, offset: TextSize) -> u32 {
        let before = self.text.bytes().take(usize::from(offset)).filter(|byte| *byte == b'\n').count();
        u32::try_from(before).unwrap() + 1
    }

    /// The lines of the instructions in some state.
    fn lines(&self, state: State) -> Vec<u32> {
        let mut lines = Vec::new();
        for (stage, outcome) in self.plan.stages.iter().zip(&self.simulation.stages) {
            if outcome.from.state == state {
                lines.push(self.line(stage.range.start()));
            }
            for (step, outcome) in stage.steps.iter().zip(&outcome.steps) {
                if outcome.state == state {
                    lines.push(self.line(step.range.start()));
                }
            }
        }
        lines
    }

    fn rebuilt(&self) -> Vec<u32> {
        self.lines(State::Rebuilt)
    }

    /// Why, at a line.
    fn why(&self, line: u32) -> String {
        for (stage, outcome) in self.plan.stages.iter().zip(&self.simulation.stages) {
            let steps = stage.steps.iter().map(|step| step.range).zip(&outcome.steps);
            for (range, outcome) in std::iter::once((stage.range, &outcome.from)).chain(steps) {
                if self.line(range.start()) == line {
                    return outcome.because.sentence(&self.plan, &|offset| self.line(offset));
                }
            }
        }
        panic!("nothing in line {line}");
    }
}

fn files(paths: &[&str]) -> Change {
    Change { files: paths.iter().map(|path| (*path).to_owned()).collect(), ..Change::default() }
}

fn args(names: &[&str]) -> Change {
    Change { args: names.iter().map(|name| (*name).to_owned()).collect(), ..Change::default() }
}

fn images(names: &[&str]) -> Change {
    Change { images: names.iter().map(|name| (*name).to_owned()).collect(), ..Change::default() }
}

fn text(stage: usize, step: usize) -> Change {
    Change { texts: vec![Place { stage, step: Some(step) }], ..Change::default() }
}

fn after(dockerfile: &str, change: &Change) -> Answer {
    Answer::of(&Input::new(dockerfile), change)
}

fn ignoring(dockerfile: &str, dockerignore: &str, change: &Change) -> Answer {
    Answer::of(&Input { dockerignore: Some(dockerignore), ..Input::new(dockerfile) }, change)
}

const APP: &str = "\
FROM node:24-slim
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci
COPY src/ src/
RUN npm run build
CMD [\"node\", \"dist/main.js\"]
";

#[test]
fn without_a_change_everything_is_cached() {
    let answer = after(APP, &Change::default());
    assert_eq!(answer.lines(State::Cached), [1, 2, 3, 4, 5, 6]);
    assert_eq!(answer.lines(State::Metadata), [7], "a command to start is no layer");
    assert_eq!(answer.simulation.counts(&answer.plan).needed(), 6);
}

#[test]
fn a_changed_file_rebuilds_the_copy_that_takes_it_and_all_that_lies_on_it() {
    let answer = after(APP, &files(&["src/app.js"]));
    assert_eq!(answer.rebuilt(), [5, 6]);
    assert_eq!(answer.why(5), "`src/app.js` changed, which `src/` takes");
    assert_eq!(answer.why(6), "builds on `COPY` in line 5, which is rebuilt");
    let answer = after(APP, &files(&["package-lock.json"]));
    assert_eq!(answer.rebuilt(), [3, 4, 5, 6]);
    assert_eq!(answer.why(3), "`package-lock.json` changed");
    let counts = answer.simulation.counts(&answer.plan);
    assert_eq!((counts.rebuilt, counts.cached, counts.needed()), (4, 2, 6));
}

#[test]
fn a_file_that_no_step_reads_changes_nothing() {
    let answer = after(APP, &files(&["README.md", "srcs/app.js"]));
    assert_eq!(answer.rebuilt(), []);
    assert_eq!(answer.simulation.notes, [Note::Unread("README.md".to_owned()), Note::Unread("srcs/app.js".to_owned())]);
}

#[test]
fn the_whole_context_and_a_folder_may_have_changed_anywhere() {
    assert_eq!(after(APP, &files(&["."])).rebuilt(), [3, 4, 5, 6]);
    assert_eq!(after(APP, &files(&["src/"])).rebuilt(), [5, 6]);
    assert_eq!(after(APP, &files(&["../src", ".."])).rebuilt(), [0; 0], "outside of it nothing counts");
    let deep = "FROM alpine\nCOPY src/main/a.txt /a\nCOPY src/*.js /b/\nCOPY lib /lib\n";
    assert_eq!(after(deep, &files(&["src/main/"])).rebuilt(), [2, 3, 4], "a copy takes what lies in it");
    assert_eq!(after(deep, &files(&["src"])).rebuilt(), [2, 3, 4], "with or without a slash");
    assert_eq!(after(deep, &files(&["lib/"])).rebuilt(), [4]);
}

#[test]
fn stars_of_a_copy_stay_within_a_name() {
    let text = "FROM scratch\nCOPY *.json /a/\nCOPY **/*.md /b/\nCOPY ap? /c/\n";
    let rebuilt = |path| after(text, &files(&[path])).rebuilt();
    assert_eq!(rebuilt("package.json"), [2, 3, 4]);
    assert_eq!(rebuilt("a/package.json"), []);
    assert_eq!(rebuilt("a/b.md"), [3, 4]);
    assert_eq!(rebuilt("b.md"), [], "two stars are one, and a slash is wanted");
    assert_eq!(rebuilt("a/b/c.md"), []);
    assert_eq!(rebuilt("app/main.js"), [4], "a folder that matches is taken with all that is in it");
}

#[test]
fn with_parents_two_stars_stand_for_folders() {
    let text = "FROM scratch\nCOPY --parents ./packages/**/package.json /a/\nCOPY --parents ./web/./src/*.ts /b/\n";
    let rebuilt = |path| after(text, &files(&[path])).rebuilt();
    assert_eq!(rebuilt("packages/a/b/package.json"), [2, 3]);
    assert_eq!(rebuilt("packages/a/index.js"), []);
    assert_eq!(rebuilt("web/src/main.ts"), [3]);
}

#[test]
fn excluded_files_do_not_count() {
    let text = "FROM scratch\nCOPY --exclude=*.md --exclude=**/*.test.js src /src\nCOPY --exclude=*.md notes.md /\n";
    let answer = after(text, &files(&["src/notes.md"]));
    assert_eq!(answer.rebuilt(), []);
    assert_eq!(answer.why(2), "`--exclude` leaves `src/notes.md` out");
    assert_eq!(after(text, &files(&["src/a/b.test.js"])).rebuilt(), []);
    assert_eq!(after(text, &files(&["src/a/notes.md"])).rebuilt(), [2, 3], "the star stays within a name");
    assert_eq!(after(text, &files(&["notes.md"])).rebuilt(), [3], "a file that is named itself is not left out");
}

#[test]
fn ignored_files_never_get_to_the_builder() {
    let text = "FROM alpine\nCOPY . /srv\nRUN make\n";
    let answer = ignoring(text, "docs\n!docs/api.md\n", &files(&["docs/guide.md"]));
    assert_eq!(answer.rebuilt(), []);
    assert_eq!(answer.why(2), "`.dockerignore` keeps `docs/guide.md` out of the build context");
    assert_eq!(answer.simulation.notes, [Note::Ignored("docs/guide.md".to_owned())]);
    assert_eq!(ignoring(text, "docs\n!docs/api.md\n", &files(&["docs/api.md"])).rebuilt(), [2, 3]);
    assert_eq!(ignoring(text, "docs\n!docs/api.md\n", &files(&["docs/"])).rebuilt(), [2, 3], "an exception is in it");
    assert_eq!(ignoring(text, "docs\n", &files(&["docs/"])).rebuilt(), []);
    assert_eq!(ignoring(text, "*\n", &files(&["."])).rebuilt(), [], "nothing is left of the context");
    assert_eq!(ignoring(text, "*\n!src\n", &files(&["."])).rebuilt(), [2, 3]);
}

#[test]
fn a_linked_copy_stays_when_what_lies_below_is_rebuilt_and_what_follows_does_not() {
    let text = "FROM alpine:3.22\nRUN apk add curl\nCOPY --link app /usr/local/bin/app\nRUN app --version\n";
    let answer = after(text, &images(&["alpine:3.22"]));
    assert_eq!(answer.rebuilt(), [1, 2, 4]);
    assert_eq!(answer.why(3), "`--link`: does not depend on the steps before it");
    assert_eq!(after(text, &files(&["app"])).rebuilt(), [3, 4]);
    let with_mode = text.replace("--link", "--link --chmod=755");
    assert_eq!(after(&with_mode, &images(&["alpine:3.22"])).rebuilt(), [1, 2, 3, 4], "a mode makes it depend");
    assert_eq!(after(&text.replace("--link", "--link=false"), &images(&["alpine:3.22"])).rebuilt(), [1, 2, 3, 4]);
}

#[test]
fn an_arg_counts_from_the_first_run_after_it() {
    let text = "FROM alpine\nRUN one\nARG VERSION=1\nCOPY a /a\nRUN two\nRUN three\n";
    let answer = after(text, &args(&["VERSION"]));
    assert_eq!(answer.rebuilt(), [5, 6], "a copy that does not name it is found");
    assert_eq!(answer.why(5), "`VERSION` (`ARG` in line 3) is in its environment, and its value changed");
    assert_eq!(answer.why(3), "`VERSION` has another value");
    let text = "FROM alpine\nARG VERSION\nCOPY app-$VERSION /a\nRUN two\n";
    let answer = after(text, &args(&["VERSION"]));
    assert_eq!(answer.rebuilt(), [3, 4]);
    assert_eq!(answer.why(3), "it uses `VERSION` (`ARG` in line 2), whose value changed");
    assert_eq!(after(text, &args(&["OTHER"])).simulation.notes, [Note::Undeclared("OTHER".to_owned())]);
}

#[test]
fn values_carry_a_change_on() {
    let text = "FROM alpine\nARG A=1\nENV B=$A C=2\nLABEL a=$C\nWORKDIR /srv/$B\nCOPY x /x\n";
    assert_eq!(after(text, &args(&["A"])).rebuilt(), [5, 6]);
    let text = "FROM alpine\nARG A=1\nARG B=$A\nENV A=fixed\nCOPY $A /a\nCOPY $B /b\n";
    assert_eq!(after(text, &args(&["A"])).rebuilt(), [6], "ENV has the last word");
    let text = "FROM alpine\nARG A=1\nENV A=fixed\nRUN make\n";
    assert_eq!(after(text, &args(&["A"])).rebuilt(), []);
    let text = "FROM alpine\nARG V=1\nCOPY <<EOF /version\n$V\nEOF\nCOPY <<'EOF' /other\n$V\nEOF\n";
    assert_eq!(after(text, &args(&["V"])).rebuilt(), [3, 6], "a heredoc is part of the text");
}

#[test]
fn an_arg_before_from_counts_in_from_and_where_it_is_declared_again() {
    let text = "ARG TAG=3.22\nARG FULL=$TAG-x\nFROM alpine:$TAG AS a\nRUN one\nFROM alpine:3.20 AS b\nRUN two\nARG TAG\nRUN three\n\
        FROM alpine:$FULL\nCOPY --from=a / /a\nCOPY --from=b / /b\n";
    let answer = after(text, &args(&["TAG"]));
    assert_eq!(answer.rebuilt(), [3, 4, 8, 9, 10, 11]);
    assert_eq!(answer.why(3), "it uses `TAG`, whose value changed");
}

#[test]
fn proxies_count_only_where_they_are_declared() {
    let text = "FROM alpine\nRUN one\n";
    let answer = after(text, &args(&["HTTP_PROXY"]));
    assert_eq!(answer.rebuilt(), []);
    assert_eq!(answer.simulation.notes, [Note::Predefined("HTTP_PROXY".to_owned())]);
    assert_eq!(after("FROM alpine\nARG HTTP_PROXY\nRUN one\n", &args(&["HTTP_PROXY"])).rebuilt(), [3]);
}

#[test]
fn platforms_are_known_without_a_declaration_before_from() {
    let text = "FROM --platform=$BUILDPLATFORM golang AS a\nRUN one\nARG TARGETARCH\nRUN two\nFROM alpine\nCOPY --from=a /x /x\n";
    assert_eq!(after(text, &args(&["TARGETARCH"])).rebuilt(), [4, 6]);
    assert_eq!(after(text, &args(&["BUILDPLATFORM"])).rebuilt(), [1, 2, 4, 6]);
}

#[test]
fn the_time_of_what_is_made_is_part_of_it() {
    let text = "FROM alpine\nRUN one\nWORKDIR /srv\nCOPY --link a /a\n";
    assert_eq!(after(text, &args(&["SOURCE_DATE_EPOCH"])).rebuilt(), [3, 4]);
}

#[test]
fn a_changed_base_rebuilds_its_stage() {
    let answer = after(APP, &images(&["node:24-slim"]));
    assert_eq!(answer.rebuilt(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(answer.why(1), "`node:24-slim` changed");
    assert_eq!(after(APP, &images(&["docker.io/library/node"])).rebuilt(), [1, 2, 3, 4, 5, 6], "in any spelling");
    assert_eq!(after(APP, &images(&["node:22"])).simulation.notes, [Note::Unused("node:22".to_owned())]);
    let digest = "0123456789abcdef".repeat(4);
    let fixed = format!("FROM alpine@sha256:{digest}\nRUN one\n");
    assert_eq!(after(&fixed, &images(&["alpine"])).rebuilt(), [], "a digest names one image");
    assert_eq!(after("FROM $BASE\nRUN one\n", &images(&["$BASE"])).rebuilt(), [1, 2], "as it is written");
}

#[test]
fn a_changed_text_rebuilds_the_step() {
    assert_eq!(after(APP, &text(0, 2)).rebuilt(), [4, 5, 6]);
    let answer = after(APP, &Change { texts: vec![Place { stage: 0, step: None }], ..Change::default() });
    assert_eq!(answer.rebuilt(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(answer.why(1), "its text changed");
}

#[test]
fn content_is_no_help_where_the_step_below_is_another() {
    let text = "FROM alpine AS a\nRUN one\nFROM alpine\nCOPY --from=a /x /x\nCOPY --link --from=a /y /y\n";
    let answer = after(text, &images(&["alpine"]));
    assert_eq!(answer.why(4), "builds on `FROM` in line 3, which is rebuilt");
    assert!(answer.why(5).contains("cached all the same"), "its own layer does not lie on it");
}

#[test]
fn slashes_of_windows_are_slashes_and_what_is_no_pattern_is_a_name() {
    let text = "# escape=`\nFROM windows\nCOPY bin\\ c:/app/\nCOPY a\\b.txt [x /c/\n";
    assert_eq!(after(text, &files(&["src/app.js"])).rebuilt(), []);
    assert_eq!(after(text, &files(&["bin/app.exe"])).rebuilt(), [3, 4]);
    assert_eq!(after(text, &files(&["a/b.txt"])).rebuilt(), [4]);
    assert_eq!(after(text, &files(&["[x"])).rebuilt(), [4]);
}

#[test]
fn what_only_describes_the_image_rebuilds_nothing() {
    let head = "FROM alpine\n";
    for line in ["LABEL a=1", "EXPOSE 80", "CMD run", "ENTRYPOINT run", "VOLUME /a", "STOPSIGNAL 9", "MAINTAINER me"] {
        let answer = after(&format!("{head}{line}\nRUN make\n"), &text(0, 0));
        assert_eq!(answer.rebuilt(), [], "{line}");
        assert_eq!(answer.why(2), "its text changed");
    }
}

#[test]
fn what_a_command_runs_with_counts_for_it() {
    let after = |dockerfile: &str| after(dockerfile, &text(0, 0)).rebuilt();
    assert_eq!(after("FROM alpine\nENV A=1\nCOPY a /a\nRUN make\n"), [4]);
    assert_eq!(after("FROM alpine\nUSER app\nCOPY a /a\nRUN make\n"), [4]);
    assert_eq!(after("FROM alpine\nUSER app\nUSER root\nRUN make\n"), [], "another takes its place");
    assert_eq!(after("FROM alpine\nUSER app\nWORKDIR /srv\n"), [3], "the folder is theirs");
    assert_eq!(
        after("FROM alpine\nSHELL [\"/bin/ash\", \"-c\"]\nRUN [\"make\"]\nRUN make\n"),
        [4],
        "in the shell form"
    );
    assert_eq!(after("FROM alpine\nWORKDIR /srv\nCOPY --link a a\nCOPY --link b /b\nRUN make\n"), [2, 3, 5]);
    let then = |workdir: &str| after(&format!("FROM alpine\nWORKDIR /a\nENV APP=/srv\n{workdir}\nCOPY --link a a\n"));
    assert_eq!(then("WORKDIR b"), [2, 4, 5]);
    for absolute in ["WORKDIR /b", "WORKDIR $APP", "WORKDIR C:/app"] {
        assert_eq!(then(absolute), [2, 4], "{absolute} takes its place");
    }
    assert_eq!(after("FROM alpine\nWORKDIR /\nCOPY a a\nCOPY b /b\n"), [3, 4], "the root makes no layer");
}

#[test]
fn a_text_that_changes_changes_the_dockerfile_in_the_context() {
    let dockerfile = "FROM alpine\nCOPY . /srv\nRUN make\nCMD run\n";
    let answer = after(dockerfile, &text(0, 2));
    assert_eq!(answer.rebuilt(), [2, 3]);
    assert_eq!(answer.why(2), "the Dockerfile changed, and `.` takes it along; `.dockerignore` can keep it out");
    assert_eq!(ignoring(dockerfile, "Dockerfile\n", &text(0, 2)).rebuilt(), []);
}

const TWO: &str = "\
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /out/app

FROM alpine:3.22 AS debug
RUN apk add gdb

FROM alpine:3.22
RUN apk add ca-certificates
COPY --from=build /out/app /app
COPY --from=build /src/go.mod /licence/
USER 1000
ENTRYPOINT [\"/app\"]
";

#[test]
fn a_rebuilt_stage_rebuilds_what_is_copied_from_it() {
    let answer = after(TWO, &files(&["main.go"]));
    assert_eq!(answer.rebuilt(), [5, 6, 13, 14]);
    assert_eq!(
        answer.why(13),
        "takes `/out/app` from stage `build`, where `RUN` in line 6 is rebuilt; cached all the same when that gives the same files"
    );
    let Because::Stage { is_certain, .. } = answer.simulation.stages[2].steps[1].because else { panic!() };
    assert!(!is_certain, "the builder compares content");
}

#[test]
fn a_stage_that_the_image_does_not_need_is_skipped() {
    let answer = after(TWO, &files(&["main.go"]));
    assert_eq!(answer.lines(State::Skipped), [8, 9]);
    assert_eq!(answer.why(9), "the image does not need this stage");
    let counts = answer.simulation.counts(&answer.plan);
    assert_eq!((counts.rebuilt, counts.cached, counts.skipped), (4, 6, 2));
    let target = Answer::of(&Input { target: Some("debug"), ..Input::new(TWO) }, &files(&["main.go"]));
    assert_eq!(target.rebuilt(), []);
    assert_eq!(target.lines(State::Skipped).len(), 6 + 6);
}

#[test]
fn what_a_rebuilt_step_does_not_write_is_still_cached() {
    let text = "FROM alpine AS a\nCOPY conf /etc/app/\nCOPY data /data/\nFROM alpine\nCOPY --from=a /data /data\nCOPY --from=a /etc/app/* /etc/\n";
    let answer = after(text, &files(&["conf/x"]));
    assert_eq!(answer.rebuilt(), [2, 3, 6]);
    assert_eq!(answer.why(5), "stage `a` is rebuilt, but nothing of that writes to what is copied");
    let answer = after(text, &files(&["data/x"]));
    assert_eq!(answer.rebuilt(), [3, 5, 6]);
    assert_eq!(answer.why(5), "takes `/data` from stage `a`, which `COPY` in line 3 changes");
    assert_eq!(answer.why(6), "builds on `COPY` in line 5, which is rebuilt");
}

#[test]
fn a_stage_goes_on_where_another_ends() {
    let text =
        "FROM alpine AS base\nARG V=1\nUSER app\nRUN one\nFROM base AS mid\nRUN two\nFROM mid\nCOPY a /a\nRUN three\n";
    assert_eq!(after(text, &args(&["V"])).rebuilt(), [4, 5, 6, 7, 8, 9]);
    assert_eq!(after(text, &files(&["a"])).rebuilt(), [8, 9]);
    let answer = after(text, &images(&["alpine"]));
    assert_eq!(answer.why(7), "builds on `FROM` in line 1, which is rebuilt");
    let late = "FROM alpine AS base\nRUN one\nARG V=1\nFROM base\nRUN two\n";
    assert_eq!(after(late, &args(&["V"])).rebuilt(), [5], "an ARG goes on into stages on top");
    assert_eq!(after(late, &Change::default()).simulation.counts(&after(late, &Change::default()).plan).cached, 3);
}

#[test]
fn mounts_of_files_count_by_their_content_and_others_never() {
    let text = "FROM alpine AS a\nRUN one\nFROM alpine\nRUN --mount=type=bind,source=go.mod,target=/go.mod cat /go.mod\n\
        RUN --mount=from=a,source=/out,target=/out ls\nRUN --mount=type=cache,target=/c --mount=type=secret,id=s --mount=type=ssh make\n";
    assert_eq!(after(text, &files(&["go.mod"])).rebuilt(), [4, 5, 6]);
    assert_eq!(after(text, &files(&["go.sum"])).rebuilt(), []);
    assert_eq!(after(text, &self::text(0, 0)).rebuilt(), [2, 5, 6]);
    let whole = "FROM alpine\nRUN --mount=target=. make\n";
    assert_eq!(after(whole, &files(&["anything"])).rebuilt(), [2]);
    assert_eq!(
        after(text, &Change::default()).why(6),
        "nothing changed that counts: what is in a cache mount never does"
    );
    let image = "FROM alpine\nRUN --mount=from=busybox:1.37,target=/b ls /b\nCOPY --from=nginx /etc/nginx /etc/nginx\n";
    assert_eq!(after(image, &images(&["busybox:1.37"])).rebuilt(), [2, 3]);
    let answer = after(image, &images(&["nginx"]));
    assert_eq!(answer.rebuilt(), [3]);
    assert_eq!(answer.why(3), "`nginx` changed; cached all the same when `/etc/nginx` is as it was");
}

#[test]
fn what_an_add_downloads_is_asked_for_in_every_build() {
    let text = "FROM alpine\nADD https://e.org/a.tgz /a/\nADD --checksum=sha256:00 https://e.org/b.tgz /b/\nADD https://e.org/r.git#main /r/\nRUN one\n";
    let answer = after(text, &Change::default());
    assert_eq!(answer.rebuilt(), []);
    assert_eq!(answer.why(2), "every build asks for `https://e.org/a.tgz`, and this one finds it as it was");
    assert_eq!(answer.why(3), "what comes from `https://e.org/b.tgz` is fixed");
    assert_eq!(after(text, &files(&["https://e.org/a.tgz"])).rebuilt(), [2, 3, 4, 5]);
    assert_eq!(after(text, &files(&["https://e.org/b.tgz"])).rebuilt(), [], "it has to be what the checksum says");
    assert_eq!(after(text, &files(&["https://e.org/r.git#main"])).rebuilt(), [4, 5]);
}

#[test]
fn triggers_run_in_the_stage_on_top() {
    let text = "FROM alpine AS base\nONBUILD COPY app /app\nRUN one\nFROM base\nRUN two\n";
    let answer = after(text, &files(&["app"]));
    assert_eq!(answer.rebuilt(), [5]);
    assert_eq!(answer.why(5), "builds on `ONBUILD COPY` in line 2, which is rebuilt");
    assert_eq!(answer.simulation.stages[1].triggers.len(), 1);
    assert_eq!(answer.simulation.stages[1].triggers[0].state, State::Rebuilt);
    assert_eq!(answer.simulation.counts(&answer.plan).needed(), 4);
}

#[test]
fn contexts_given_by_name_are_like_images() {
    let config = Config { named_contexts: &["assets"], ..Config::DEFAULT };
    let input = Input { config, ..Input::new("FROM alpine\nCOPY --from=assets logo.svg /\nRUN one\n") };
    assert_eq!(Answer::of(&input, &images(&["assets"])).rebuilt(), [2, 3]);
    assert_eq!(Answer::of(&input, &files(&["logo.svg"])).rebuilt(), [], "they are no part of the build context");
}

#[test]
fn a_source_that_nobody_knows_may_be_anything_that_begins_so() {
    let text = "FROM alpine\nARG JAR\nCOPY target/$JAR /app.jar\n";
    assert_eq!(after(text, &files(&["target/app.jar"])).rebuilt(), [3]);
    assert_eq!(after(text, &files(&["src/App.java"])).rebuilt(), []);
}

#[test]
fn several_changes_come_together() {
    let change = Change { files: vec!["a".into()], args: vec!["V".into()], ..Change::default() };
    let text = "FROM alpine\nCOPY b /b\nARG V\nRUN one\nFROM alpine\nCOPY a /a\nCOPY --from=0 /b /b\n";
    assert_eq!(after(text, &change).rebuilt(), [4, 6, 7]);
}

#[test]
fn what_may_change_is_what_the_image_needs() {
    let text = "ARG TAG=1\nFROM alpine:$TAG AS a\nARG A\nARG TAG\nCOPY src ./b /x/\nADD https://e.org/x /x\nFROM node AS unneeded\nCOPY z /z\n\
        FROM debian@sha256:0\nCOPY src /y\nCOPY --from=a /x /x\nRUN --mount=target=. --mount=from=nginx,target=/n ls\n";
    let candidates = Candidates::of(&after(text, &Change::default()).plan);
    assert_eq!(candidates.files, ["src", "./b", "https://e.org/x", "."]);
    assert_eq!(candidates.args, ["TAG", "A"]);
    assert_eq!(candidates.images, ["alpine:1", "nginx"]);
}

#[test]
fn every_text_is_answered() {
    for text in ["", "RUN make\n", "FROM\n", "FROM b AS a\nCOPY --from=b / /\nFROM a AS b\nCOPY --from=a / /\n"] {
        let all = Change { files: vec![".".into()], args: vec!["A".into()], images: vec!["a".into()], texts: vec![] };
        let answer = after(text, &all);
        assert_eq!(answer.plan.stages.len(), answer.simulation.stages.len());
    }
    assert_eq!(after("COPY . /srv\nRUN make\n", &files(&["x"])).rebuilt(), [1, 2], "a snippet too");
}
