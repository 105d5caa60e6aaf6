//! The command line as a person meets it: exit codes, what is printed, what is written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use serde_json::Value;
use std::fs;
use std::io::Write;
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
    child.stdin.take().unwrap().write_all(input).unwrap();
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
