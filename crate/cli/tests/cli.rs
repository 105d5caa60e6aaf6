//! The command line as a person meets it: exit codes, what is printed, what is written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use serde_json::{Value, json};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const BAD: &str = "FROM alpine:3.23\nADD app.py /app/\nUSER 1000\nCMD [\"x\"]\n";

fn layerwise(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_layerwise"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that has no use for its input ends before it is written.
    match child.stdin.take().unwrap().write_all(input) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
        _ => {}
    }
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A file of its own for a test.
fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_version_names_the_commit() {
    let text = out(&layerwise(&["--version"], b""));
    let git = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let head = git.ok().map(|output| out(&output)).filter(|head| head.len() >= 40);
    let expected = match &head {
        Some(head) => format!("layerwise {} (commit {}", env!("CARGO_PKG_VERSION"), head.get(..12).unwrap()),
        None => format!("layerwise {} (built outside of git)", env!("CARGO_PKG_VERSION")),
    };
    assert!(text.starts_with(&expected), "{text} begins with {expected}");
}

#[test]
fn exit_codes_tell_clean_from_findings_from_trouble() {
    let code = |text: &str| layerwise(&["check", "-"], text.as_bytes()).status.code();
    assert_eq!(code("FROM alpine:3.23\nUSER 1000\nCMD [\"x\"]\n"), Some(0));
    assert_eq!(code(BAD), Some(1));
    assert_eq!(code("FORM alpine:3.23\n"), Some(1));
    let missing = layerwise(&["check", "no/such/file"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no/such/file cannot be read"));
    assert_eq!(layerwise(&["check"], b"").status.code(), Some(2));
}

#[test]
fn the_report_for_people_shows_the_line_and_the_score() {
    let text = out(&layerwise(&["check", "-"], BAD.as_bytes()));
    for expected in
        ["warning[copy-not-add]", "standard input:2:1", "2 | ADD app.py /app/", "DL3020", "of 100", "1 file checked"]
    {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours where nobody looks");
}

#[test]
fn the_report_for_programs_counts_characters_from_one() {
    let text = "FROM alpine:3.23\r\nLABEL a=\"😀\" b=é\r\nADD é😀.txt a.txt /x/\r\nUSER 1000\r\nCMD [\"x\"]\r\n";
    let reports: Value =
        serde_json::from_slice(&layerwise(&["check", "--format", "json", "-"], text.as_bytes()).stdout).unwrap();
    let report = &reports[0];
    assert_eq!(report["file"], "-");
    assert_eq!(report["fragment"], false);
    let finding =
        report["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "copy-not-add").unwrap();
    assert_eq!(finding["range"]["start"]["line"], 3);
    assert_eq!(finding["range"]["start"]["column"], 1);
    assert_eq!(finding["range"]["end"]["column"], 4);
    assert_eq!(finding["instructionLine"], 3);
    assert_eq!(finding["fix"]["edits"][0]["text"], "COPY");
    assert_eq!(report["score"]["categories"].as_array().unwrap().len(), 8);
}

#[test]
fn a_refused_file_has_no_score_and_says_why() {
    let reports: Value =
        serde_json::from_slice(&layerwise(&["check", "--format", "json", "-"], b"FROM a\nRNU x\n").stdout).unwrap();
    assert!(reports[0]["score"].is_null());
    assert_eq!(reports[0]["problems"][0]["range"]["start"]["line"], 2);
}

#[test]
fn fixes_are_written_in_place_and_said() {
    let path = file("fix-in-place.Dockerfile", BAD.as_bytes());
    let output = layerwise(&["fix", path.to_str().unwrap()], b"");
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD.replace("ADD", "COPY"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Replace ADD with COPY [copy-not-add]"));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    assert_eq!(out(&layerwise(&["fix", "-"], BAD.as_bytes())), BAD.replace("ADD", "COPY"));
}

#[test]
fn bytes_that_are_no_text_are_checked_and_never_written_over() {
    let bytes = b"FROM alpine:3.23\n# caf\xe9\nADD a.txt /x/\nUSER 1000\nCMD [\"x\"]\n";
    let path = file("latin-1.Dockerfile", bytes);
    assert_eq!(layerwise(&["check", path.to_str().unwrap()], b"").status.code(), Some(1));
    assert_eq!(layerwise(&["fix", path.to_str().unwrap()], b"").status.code(), Some(2));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_tree_shows_how_a_file_is_read() {
    let text = "FROM a AS b\nRUN --network=none <<E cat\nhi\nE\nCOPY [\"x y\", \"/z\"]\n";
    let trees: Value =
        serde_json::from_slice(&layerwise(&["parse", "--format", "json", "-"], text.as_bytes()).stdout).unwrap();
    let instructions = trees[0]["instructions"].as_array().unwrap();
    assert_eq!(instructions[0]["arguments"], serde_json::json!(["a", "AS", "b"]));
    assert_eq!(instructions[1]["heredocs"][0]["body"], "hi\n");
    assert_eq!(instructions[2]["arguments"], serde_json::json!(["x y", "/z"]));
    let printed = out(&layerwise(&["parse", "-"], text.as_bytes()));
    assert!(printed.contains("2-4: RUN") && printed.contains("flag --network=none"), "{printed}");
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let path = file("diff.Dockerfile", BAD.as_bytes());
    let output = layerwise(&["fix", "--diff", path.to_str().unwrap()], b"");
    let diff = out(&output);
    assert!(diff.contains("-ADD app.py /app/\n+COPY app.py /app/\n"), "{diff}");
    assert!(diff.starts_with("--- a/"), "{diff}");
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD);
}

#[test]
fn a_check_of_fixes_writes_nothing_and_fails_when_there_is_something_to_fix() {
    let path = file("fix-check.Dockerfile", BAD.as_bytes());
    let name = path.to_str().unwrap();
    let output = layerwise(&["fix", "--check", name], b"");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(1), ""));
    assert!(said.contains("Replace ADD with COPY [copy-not-add]") && said.contains("1 fix to apply"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), BAD);
    assert!(out(&layerwise(&["fix", "--check", "--diff", name], b"")).contains("+COPY"), "a diff, when asked for");
    assert_eq!(layerwise(&["fix", "--check", "--only", "pin-base-image-tag", name], b"").status.code(), Some(0));
    // What only a look can mend, and what has no fix, does not fail; it is counted.
    let left = b"FROM alpine\nCMD [\"x\"]\n";
    let output = layerwise(&["fix", "--check", "-"], left);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0));
    assert!(said.contains(" with a fix to review)"), "{said}");
    assert_eq!(layerwise(&["fix", "--check", "--review", "-"], left).status.code(), Some(1));
}

#[test]
fn review_fixes_are_taken_when_asked_for_and_only_names_a_rule() {
    let text = "FROM alpine\nADD a.txt /x/\nUSER 1000\nCMD [\"x\"]\n";
    let fixed = |arguments: &[&str]| out(&layerwise(&[&["fix"], arguments, &["-"]].concat(), text.as_bytes()));
    assert!(fixed(&[]).starts_with("FROM alpine\nCOPY"));
    assert!(fixed(&["--review"]).starts_with("FROM alpine:3"));
    assert_eq!(fixed(&["--only", "pin-base-image-tag"]), text, "its fix wants review");
    assert!(fixed(&["--review", "--only", "pin-base-image-tag"]).contains("\nADD"));
    let unknown = layerwise(&["fix", "--only", "copy-not-ad", "-"], text.as_bytes());
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `copy-not-add`?"));
}

fn rules_found(arguments: &[&str], text: &str) -> Vec<String> {
    let output = layerwise(&[&["check", "--format", "json"], arguments, &["-"]].concat(), text.as_bytes());
    let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = reports[0]["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn another_tools_answers_are_only_those_that_it_has() {
    let text = "FROM alpine:3.23\nADD $SRC /x/\nCMD [\"x\"]\n";
    assert!(!rules_found(&[], text).contains(&"copy-not-add".to_owned()), "what a variable holds is unknown");
    assert_eq!(rules_found(&["--compat", "hadolint"], text), ["copy-not-add"]);
    let checkov = "FROM alpine:3.23\nADD https://example.com/a /x\nUSER 1000\nCMD [\"x\"]\n";
    assert!(rules_found(&["--compat", "checkov"], checkov).contains(&"copy-not-add".to_owned()));
}

#[test]
fn options_reach_the_check() {
    let text = "ARG TAG\nFROM alpine:${TAG} AS app\nUSER 1000\nCMD [\"x\"]\nFROM alpine AS other\nCMD [\"y\"]\n";
    assert!(
        rules_found(&["--build-arg", "TAG=latest", "--target", "app"], text).contains(&"pin-base-image-tag".to_owned())
    );
    let wrong = layerwise(&["check", "--build-arg", "TAG", "-"], b"");
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(layerwise(&["check", "--today", "soon", "-"], b"").status.code(), Some(2));
    assert_eq!(
        layerwise(&["check", "--no-shell", "--today", "2026-01-31", "-"], BAD.as_bytes()).status.code(),
        Some(1)
    );
}

#[test]
fn settings_come_from_a_file() {
    let config = file("layerwise.toml", b"ignore = [\"DL3020\"]\n");
    let arguments = ["--config", config.to_str().unwrap()];
    assert_eq!(rules_found(&arguments, BAD), Vec::<String>::new());
    let broken = file("broken.toml", b"ignor = []\n");
    let output = layerwise(&["check", "--config", broken.to_str().unwrap(), "-"], BAD.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `ignore`?"));
}

#[test]
fn the_severity_that_fails_a_run_can_be_set() {
    let code =
        |severity: &str, text: &str| layerwise(&["check", "--fail-on", severity, "-"], text.as_bytes()).status.code();
    assert_eq!(code("warning", BAD), Some(1));
    assert_eq!(code("error", BAD), Some(0));
    assert_eq!(code("error", "FROM alpine:3.23\nRNU x\n"), Some(1));
    // The file itself asks for it.
    let strict = "# check=error=true\nFROM alpine:3.23\nMAINTAINER me\nUSER 1000\nCMD [\"x\"]\n";
    assert_eq!(code("error", strict), Some(1));
}

#[test]
fn a_rule_is_explained_by_its_id_and_by_what_others_call_it() {
    for name in ["copy-not-add", "DL3020", "ds-0005"] {
        let text = out(&layerwise(&["explain", name], b""));
        assert!(text.contains("copy-not-add (caching, warning)") && text.contains("Instead of"), "{text}");
    }
    let unknown = layerwise(&["explain", "DL302O"], b"");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_line_is_explained() {
    let path = file("explained.Dockerfile", b"FROM alpine:3.23\n# why\nRUN make\n");
    let explain = |line: &str| layerwise(&["explain", &format!("{}:{line}", path.display())], b"");
    let text = out(&explain("3"));
    assert!(text.starts_with("Line 3: RUN, step 1 of stage 0\n") && text.contains("`make`"), "{text}");
    assert_eq!(out(&explain("2")), "Line 2 holds no instruction.\n");
    for line in ["0", "99"] {
        assert_eq!(explain(line).status.code(), Some(2), "{line}");
    }
}

#[test]
fn advice_is_given_for_people_and_for_programs() {
    let text = b"FROM node:24-slim\nWORKDIR /srv/shop\nUSER node\nEXPOSE 3000\nCMD [\"node\", \"a.js\"]\n";
    let path = file("Dockerfile", text);
    let advise = |more: &[&str]| layerwise(&[&["advise", path.to_str().unwrap()], more].concat(), b"");
    let people = out(&advise(&[]));
    assert!(people.starts_with("Build it\n") && people.contains("      docker build --tag shop .\n"), "{people}");
    assert!(
        !people.contains("https://docs.docker.com") && out(&advise(&["--why"])).contains("https://docs.docker.com")
    );
    let json: Value = serde_json::from_slice(&advise(&["--format", "json"]).stdout).unwrap();
    assert_eq!(json["advice"][0]["id"], "build-image");
    assert_eq!(json["advice"][0]["listings"][0]["text"], "docker build --tag shop .");
    let snippet = layerwise(&["advise", "-"], b"RUN make\n");
    assert_eq!(snippet.status.code(), Some(1));
    assert!(out(&snippet).contains("snippet"));
}

#[test]
fn every_code_of_another_tool_leads_to_its_rule() {
    let rules: Value = serde_json::from_slice(&layerwise(&["rules", "--format", "json"], b"").stdout).unwrap();
    let mut codes: Vec<(&str, &str)> = Vec::new();
    for rule in rules.as_array().unwrap() {
        let cases = rule["cases"].as_array().unwrap();
        for code in std::iter::once(rule).chain(cases).flat_map(|carrier| carrier["codes"].as_array().unwrap()) {
            codes.push((code.as_str().unwrap(), rule["id"].as_str().unwrap()));
        }
    }
    assert!(codes.len() > 100, "the list has the codes");
    for (code, rule) in codes {
        let text = out(&layerwise(&["explain", code], b""));
        assert!(text.contains(&format!("{rule} (")), "{code} leads to {rule}: {text}");
    }
}

#[test]
fn settings_of_hadolint_are_taken_over() {
    let config = file(".hadolint.yaml", b"ignored: [DL3020]\noverride:\n  error: [DL3007]\nno-color: true\n");
    let arguments = ["--config", config.to_str().unwrap()];
    assert_eq!(rules_found(&arguments, BAD), Vec::<String>::new());
    let output = layerwise(&["check", "--config", config.to_str().unwrap(), "-"], b"FROM alpine:latest\n");
    assert!(out(&output).contains("error[pin-base-image-tag]"), "{}", out(&output));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`no-color` has no effect here"));
    let broken = file("broken.yaml", b"ignore: [DL3020]\n");
    let output = layerwise(&["check", "--config", broken.to_str().unwrap(), "-"], BAD.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `ignored`?"));
}

#[test]
fn a_plan_shows_stages_steps_and_the_image() {
    let text = "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n";
    let printed = out(&layerwise(&["plan", "-"], text.as_bytes()));
    for expected in
        ["Stage 1, from nothing; becomes the image", "reads /app of stage 0 \"build\"", "command       /app"]
    {
        assert!(printed.contains(expected), "{expected} in\n{printed}");
    }
    let json = out(&layerwise(&["plan", "--format", "json", "--target", "build", "-"], text.as_bytes()));
    let plan: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(plan["target"], 0);
    assert_eq!(plan["stages"][1]["needed"], false);
    assert_eq!(plan["stages"][0]["steps"][1]["commands"][0], "go build -o /app .");
}

#[test]
fn a_plan_after_a_change_says_what_is_rebuilt_and_why() {
    let text = "FROM node:24 AS build\nARG MODE=live\nCOPY package.json ./\nRUN npm ci\nCOPY src src\nFROM nginx:1.29\nCOPY --from=build /src /srv\n";
    let after = |arguments: &[&str]| out(&layerwise(&[&["plan"], arguments, &["-"]].concat(), text.as_bytes()));
    let printed = after(&["--change", "src/a.js", "--change", "README.md"]);
    for expected in [
        "  cached      4  RUN npm ci\n",
        "  rebuilt     5  COPY src src\n                 `src/a.js` changed, which `src` takes\n",
        "No step that the image needs reads `README.md`.\n",
        "2 of 6 steps rebuilt\n",
    ] {
        assert!(printed.contains(expected), "{expected} in\n{printed}");
    }
    assert!(after(&["--arg", "MODE"]).contains("`MODE` (`ARG` in line 2) is in its environment"));
    assert!(
        after(&["--base", "nginx"])
            .contains("  rebuilt     6  FROM nginx:1.29\n                 `nginx:1.29` changed\n")
    );
    assert!(after(&["--line", "4"]).contains("  rebuilt     4  RUN npm ci\n                 its text changed\n"));
    assert!(after(&["--change", ".", "--target", "build"]).contains("Stage 1, from nginx:1.29; not needed"));
    let output = layerwise(&["plan", "--line", "40", "-"], text.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no instruction of a build stands in line 40"));
}

#[test]
fn a_plan_after_a_change_is_there_for_programs_and_as_a_graph() {
    let text =
        "FROM alpine AS \"a\nCOPY . /a\nFROM scratch\nCOPY --from=0 /a /b\nRUN --mount=from=busybox,target=/b ls\n";
    let json = out(&layerwise(&["plan", "--format", "json", "--change", ".", "-"], text.as_bytes()));
    let plan: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(plan["after"]["spoken"], "3 of 4 steps rebuilt");
    assert_eq!(plan["stages"][0]["steps"][0]["after"]["state"], "rebuilt");
    assert_eq!(plan["stages"][1]["after"]["state"], "metadata");
    assert_eq!(plan["mayChange"]["images"], serde_json::json!(["alpine", "busybox"]));
    let dot = out(&layerwise(&["plan", "--format", "dot", "-"], text.as_bytes()));
    assert!(dot.starts_with("digraph build {\n") && dot.ends_with("}\n"), "{dot}");
    assert!(dot.contains("  stage0 -> stage1 [label=\"COPY /a\"];\n"), "{dot}");
    assert!(dot.contains("-> stage1 [label=\"mount /\", style=dashed];"), "{dot}");
}

#[test]
fn a_plan_reads_the_dockerignore_beside_the_file() {
    let path = file("ignoring.Dockerfile", b"FROM alpine\nCOPY . /srv\n");
    file("ignoring.Dockerfile.dockerignore", b"docs\n");
    let printed = out(&layerwise(&["plan", "--change", "docs/a.md", path.to_str().unwrap()], b""));
    assert!(printed.contains("`.dockerignore` keeps `docs/a.md` out of the build context"), "{printed}");
    assert!(printed.ends_with("0 of 2 steps rebuilt\n"), "{printed}");
    let dated = out(&layerwise(&["plan", "--today", "2099-01-01", "-"], b"FROM debian:12\n"));
    assert!(dated.contains("whose support ended"), "{dated}");
}

#[test]
fn every_rule_is_listed_with_what_it_weighs() {
    let list = out(&layerwise(&["rules"], b""));
    let weights = out(&layerwise(&["rules", "--weights"], b""));
    let json: Value = serde_json::from_slice(&layerwise(&["rules", "--format", "json"], b"").stdout).unwrap();
    for rule in json.as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        assert!(list.contains(id) && weights.contains(id), "{id}");
    }
    assert!(weights.contains("e^(-D / 18)"));
}

/// The schema that the `serde-sarif` crate ships.
fn sarif_schema() -> Value {
    // Only the packages of this machine's platform have been fetched.
    let version = String::from_utf8(Command::new("rustc").arg("-vV").output().unwrap().stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let package = packages.find(|package| package["name"] == "serde-sarif").expect("a development dependency");
    let folder = PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned();
    let mut schema = serde_json::from_slice(&fs::read(folder.join("src/schema.json")).unwrap()).unwrap();
    remove_broken_patterns(&mut schema);
    schema
}

/// The schema's pattern for languages has a bracket too many, which validators refuse. We name no language.
fn remove_broken_patterns(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.retain(|_, value| value.as_str().is_none_or(|text| !text.ends_with("{2}]?$")));
            fields.values_mut().for_each(remove_broken_patterns);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_broken_patterns),
        _ => {}
    }
}

#[test]
fn the_report_for_code_hosts_is_sarif() {
    let path = file(
        "sarif test.Dockerfile",
        b"FROM alpine:3.23\n# layerwise ignore=copy-not-add\nADD a /b\nADD c /d\nRNU x\n",
    );
    let output = layerwise(&["check", "--format", "sarif", path.to_str().unwrap()], b"");
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&sarif_schema()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&log).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["ruleId"] == "unknown-instruction"));
    assert!(results.iter().any(|result| result["suppressions"][0]["kind"] == "inSource"));
    assert!(results.iter().any(|result| result["fixes"].is_array()));
    let uri = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("sarif%20test.Dockerfile"), "{uri}");
}

#[test]
fn a_dockerignore_beside_the_file_is_heeded() {
    let text = b"FROM alpine:3.23\nCOPY . /srv\nUSER 1000\nCMD [\"x\"]\n";
    let rules = |name: &str, arguments: &[&str]| {
        let path = file(name, text);
        let output = layerwise(&[&["check", "--format", "json", path.to_str().unwrap()], arguments].concat(), b"");
        out(&output).matches("copy-whole-context").count()
    };
    assert_eq!(rules("alone.Dockerfile", &[]), 1);
    file("strict.Dockerfile.dockerignore", b"*\n!src\n");
    assert_eq!(rules("strict.Dockerfile", &[]), 0);
    let weak = file("weak.dockerignore", b"docs\n");
    assert_eq!(rules("strict.Dockerfile", &["--dockerignore", weak.to_str().unwrap()]), 1);
}

/// A page of a guide, in the middle of which the line numbers matter.
const GUIDE: &str = r#"# Ship a small service

Begin with what everybody writes first:

```dockerfile title="Dockerfile" expect="raises: pin-base-image-tag, final-stage-runs-as-root"
FROM node:latest
COPY server.js /srv/server.js
CMD ["node", "/srv/server.js"]
```

1. Then name the version:

   ```{.dockerfile expect="no: DL3007"}
   FROM node:24-slim
   COPY server.js /srv/server.js
   USER node
   CMD ["node", "/srv/server.js"]
   ```

> Later lines of the same file:
>
> ~~~docker
> ADD public /srv/public
> ...
> CMD ["node", "/srv/server.js"]
> ~~~

```dockerfile layerwise=off
FRM this is not checked
```
"#;

#[test]
fn the_dockerfiles_of_a_guide_are_checked_where_they_stand() {
    let output = layerwise(&["check", "--markdown", "-"], GUIDE.as_bytes());
    let text = out(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("--> standard input:23:3"), "the ADD in the quote: {text}");
    assert!(text.contains("23 | > ADD public /srv/public"), "{text}");
    assert!(text.contains("standard input:5: ") && text.contains("standard input:5: 2 findings as expected"), "{text}");
    assert!(text.contains("3 Dockerfiles in 1 document checked"), "{text}");
    assert!(!text.contains("`layerwise fix`"), "nothing is written into Markdown: {text}");
    assert!(!text.contains("FRM"), "{text}");
}

#[test]
fn what_is_meant_to_be_raised_does_not_fail_and_what_is_not_raised_does() {
    let check = |info: &str, body: &str| {
        let text = format!("Text.\n\n```dockerfile {info}\n{body}```\n");
        let output = layerwise(&["check", "--markdown", "-"], text.as_bytes());
        (output.status.code(), out(&output))
    };
    let bad = "FROM alpine:3.23\nADD app.py /app/\nUSER 1000\nCMD [\"x\"]\n";
    let good = "FROM alpine:3.23\nCOPY app.py /app/\nUSER 1000\nCMD [\"x\"]\n";
    assert_eq!(check("", bad).0, Some(1));
    assert_eq!(check("expect=\"raises: copy-not-add\"", bad).0, Some(0));
    assert_eq!(check("expect=\"raises: copy-not-add/local; no: DL3006\"", bad).0, Some(0));
    assert_eq!(check("expect='raises: DL3020'", bad).0, Some(0));
    assert_eq!(check("expect=clean", good).0, Some(0));
    let told = [
        (check("expect=\"raises: copy-not-add\"", good), "`copy-not-add` is expected to be raised, and is not"),
        (check("expect=\"no: DL3020\"", bad), "`DL3020` is expected not to be raised, and is in line 5"),
        (check("expect=clean", bad), "This is expected to be clean, and has 1 finding"),
        (check("expect=\"no: DL302O\"", good), "There is no rule `DL302O`"),
        (check("expect=\"no: copy-not-ad\"", good), "did you mean `copy-not-add`?"),
        (check("expect=\"without: DL3020\"", good), "`without: DL3020` cannot be read"),
        (check("expect=\"\"", good), "`expect` says nothing"),
        (check("expect=\"; ;\"", good), "`expect` says nothing"),
        (
            check("expect=\"raises: copy-not-add/unclear\"", bad),
            "`copy-not-add/unclear` is expected to be raised, and is not",
        ),
        (
            check("expect=\"no: copy-not-add/locall\"", good),
            "The rule `copy-not-add` has no case `locall`; did you mean `local`?",
        ),
        (check("expect=\"no: copy-not-add/\"", bad), "The rule `copy-not-add` has no case ``"),
    ];
    for ((code, text), sentence) in told {
        assert_eq!(code, Some(1), "{sentence}");
        assert!(text.contains(sentence), "{sentence}: {text}");
        assert!(text.contains("--> standard input:3:1"), "the line of the fence: {text}");
        assert!(text.contains("1 expectation not met"), "{text}");
    }
}

#[test]
fn a_block_in_markdown_is_checked_as_its_author_says() {
    let rules = |info: &str, body: &str| {
        let text = format!("```dockerfile {info}\n{body}```\n");
        let output = layerwise(&["check", "--markdown", "--format", "json", "-"], text.as_bytes());
        let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rules: Vec<_> =
            reports[0]["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].clone()).collect();
        (rules, reports[0]["brokenExpectations"].clone())
    };
    let body = "FROM alpine:3.23 AS base\nCMD [\"x\"]\nFROM base\nARG A\nADD app.py /app/\nUSER 1000\n";
    assert_eq!(rules("", body), (vec!["copy-not-add".into()], json!([])));
    assert_eq!(rules("ignore=\"DL3020\"", body), (vec![], json!([])));
    assert_eq!(
        rules("{data-target=base}", body),
        (vec!["final-stage-runs-as-root".into(), "copy-not-add".into()], json!([]))
    );
    assert_eq!(rules("enable=\"unused-arg\" ignore=copy-not-add", body).0, ["unused-arg"]);
    let (_, broken) = rules("enable=\"unused-arg, unused-art\"", body);
    assert!(broken[0].as_str().unwrap().contains("did you mean `unused-arg`?"), "{broken}");
    assert_eq!(rules("fragment=no", "COPY a b\n").1, json!(["it should be a whole Dockerfile, and has no `FROM`"]));
    assert_eq!(rules("fragment=no", body).1, json!([]));
    assert_eq!(rules("fragment=auto", "COPY a b\n").1, json!([]));
    let (_, broken) = rules("fragment=maybe", body);
    assert!(broken[0].as_str().unwrap().starts_with("`fragment=maybe` means nothing"), "{broken}");
    assert_eq!(rules("target=bass", body).1, json!(["there is no stage `bass` to build; did you mean `base`?"]));
}

#[test]
fn a_stage_that_is_not_there_is_no_other_one() {
    let text = b"FROM alpine:3.23 AS Base\nCMD [\"x\"]\nFROM base AS app\n";
    for command in ["check", "fix", "advise", "plan"] {
        let run = |stage: &str| layerwise(&[command, "--target", stage, "-"], text);
        let wrong = run("bse");
        assert_eq!(wrong.status.code(), Some(2), "{command}");
        let told = String::from_utf8(wrong.stderr).unwrap();
        assert!(
            told.contains("standard input: there is no stage `bse` to build; did you mean `Base`?"),
            "{command}: {told}"
        );
        assert_ne!(run("base").status.code(), Some(2), "{command}");
    }
    // A part of a Dockerfile has no stages yet.
    assert_eq!(layerwise(&["check", "--target", "app", "-"], b"USER 1000\n").status.code(), Some(0));
    // The other files are checked all the same.
    let [good, other] = [("target-a.Dockerfile", &text[..]), ("target-b.Dockerfile", &b"FROM scratch\n"[..])]
        .map(|(name, text)| file(name, text));
    let output = layerwise(&["check", "--target", "app", other.to_str().unwrap(), good.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("1 file checked"), "{}", out(&output));
}

#[test]
fn a_folder_stands_for_all_markdown_in_it_and_a_name_that_nobody_expanded_is_told() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("deep/node_modules")).unwrap();
    fs::create_dir_all(folder.join("empty")).unwrap();
    let bad = format!("```dockerfile\n{BAD}```\n");
    for name in ["a.md", "deep/b.mdx", "deep/C.MARKDOWN", "deep/node_modules/no.md", "deep/no.txt"] {
        fs::write(folder.join(name), &bad).unwrap();
    }
    let run = |path: PathBuf| layerwise(&["check", "--markdown", path.to_str().unwrap()], b"");
    let output = run(folder.clone());
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("3 Dockerfiles in 3 documents checked, 3 findings\n"), "{}", out(&output));
    for (path, sentence) in [
        ("empty", "there is no Markdown in"),
        ("**/*.md", "your shell does not make files of it"),
        ("none.md", "cannot be read"),
    ] {
        let output = run(folder.join(path));
        assert_eq!(output.status.code(), Some(2), "{path}");
        let told = String::from_utf8(output.stderr.clone()).unwrap();
        assert!(told.contains(sentence), "{told}");
    }
}

#[test]
fn programs_are_told_of_each_dockerfile_in_markdown_with_its_places() {
    let output = layerwise(&["check", "--markdown", "--format", "json", "-"], GUIDE.as_bytes());
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines: Vec<&Value> = all.as_array().unwrap().iter().map(|one| &one["line"]).collect();
    assert_eq!(lines, [5, 13, 22]);
    assert_eq!(all[0]["expected"][0]["range"]["start"]["line"], 6);
    assert_eq!(all[2]["fragment"], true);
    let add = all[2]["findings"].as_array().unwrap().iter().find(|found| found["rule"] == "copy-not-add").unwrap();
    assert_eq!((&add["range"]["start"]["line"], &add["range"]["start"]["column"]), (&23.into(), &3.into()));

    let broken = "```dockerfile expect=clean\nFROM a:1\nADD b.py /\nUSER 1\n```\n";
    let output = layerwise(&["check", "--markdown", "--format", "sarif", "-"], broken.as_bytes());
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let failed = results.iter().find(|result| result["ruleId"] == "expectation").unwrap();
    assert_eq!(failed["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    assert!(results.iter().any(|result| result["ruleId"] == "copy-not-add"));
}

#[test]
fn a_fix_that_would_have_to_write_what_its_container_begins_lines_with_is_not_offered() {
    let script = "FROM node:24-slim\nCOPY a.js /a.js\nCMD [\"node\", \"/a.js\"]\n";
    let quoted: String = script.lines().map(|line| format!("> {line}\n")).collect();
    let fixes = |markdown: String| {
        let output = layerwise(&["check", "--markdown", "--format", "json", "-"], markdown.as_bytes());
        let all: Value = serde_json::from_slice(&output.stdout).unwrap();
        let edits = |found: &Value| found["fix"]["edits"].as_array().cloned().unwrap_or_default();
        all[0]["findings"].as_array().unwrap().iter().flat_map(edits).collect::<Vec<Value>>()
    };
    let has_lines = |edits: &[Value]| {
        edits.iter().any(|edit| {
            edit["text"].as_str().unwrap().contains('\n')
                || edit["range"]["start"]["line"] != edit["range"]["end"]["line"]
        })
    };
    assert!(has_lines(&fixes(format!("```dockerfile\n{script}```\n"))));
    assert!(!has_lines(&fixes(format!("> ```dockerfile\n{quoted}> ```\n"))));
    // A line that goes with its end would leave what the next one begins with, be that of the block or its fence.
    let inside = "FROM alpine:3.23\nUSER 1000\nCMD [\"a\"]\nCMD [\"b\"]\n";
    let last = "FROM debian:13\nCMD [\"a\"]\nRUN apt-get upgrade -y\n";
    for script in [inside, last, "RUN cd /a && make\nWORKDIR /b\n"] {
        assert!(has_lines(&fixes(format!("```dockerfile\n{script}```\n"))), "{script}");
        for (first, other) in [("> ", "> "), ("- ", "  "), ("   ", "   ")] {
            let lines: String = script.lines().map(|line| format!("{other}{line}\n")).collect();
            let markdown = format!("{first}```dockerfile\n{lines}{other}```\n");
            assert!(!has_lines(&fixes(markdown.clone())), "{markdown}");
        }
    }
}
