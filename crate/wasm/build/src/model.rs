//! What the page receives of a build. Its TypeScript types are generated from these.
//!
//! Every position is an offset in UTF-16 code units into the text that was asked about; every line is 1-based.

use layerwise_wasm_common::Range;
use serde::Serialize;
use tsify::Tsify;

/// What changed between two builds. Everything in it changed at once; with nothing in it, it is a build without any change.
#[derive(Tsify, Default)]
pub struct Change {
    /// Paths from the root of the build context. One that ends with a slash is a folder in which anything may have changed; `.` is the whole
    /// context. An address is what an `ADD` downloads.
    pub files: Vec<String>,
    /// The names of `ARG`s that are given another value.
    pub args: Vec<String>,
    /// Images, as the file calls them or without their tags, and contexts that are given by name.
    pub images: Vec<String>,
    /// Instructions whose text is another, by their ids in the plan: `2` is the `FROM` of the stage of this number, `2.3` one of its steps.
    pub texts: Vec<String>,
}

/// What a build does.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The number of the stage that becomes the image; `null` where there is no stage.
    pub target: Option<u32>,
    /// Every stage, in the order of the file. A snippet has one, whose `from` is unknown and without a name.
    pub stages: Vec<PlannedStage>,
    /// What becomes of the image; `null` where there is no stage.
    pub ships: Option<Ships>,
    /// What may change, as the file names it; only what the image needs.
    pub may_change: MayChange,
}

/// One stage of a build.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStage {
    /// The name after `AS`.
    pub name: Option<String>,
    /// What it starts from.
    pub from: Origin,
    /// The platform that it asks for, as written.
    pub platform: Option<String>,
    /// Its `FROM`; empty in a snippet.
    pub range: Range,
    /// The line of its `FROM`.
    pub line: u32,
    /// Whether the image needs it.
    pub is_needed: bool,
    /// Its instructions, in order.
    pub steps: Vec<PlannedStep>,
}

/// Where files come from.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// `context`, `stage`, `image`, `named-context`, `scratch`, or `unknown` for what the file does not tell.
    #[tsify(type = "\"context\" | \"stage\" | \"image\" | \"named-context\" | \"scratch\" | \"unknown\"")]
    pub kind: &'static str,
    /// The number of the stage, if it is one.
    pub stage: Option<u32>,
    /// The name of the stage, or its number; that of the image or the context; of something unknown how it is written; else empty.
    pub name: String,
}

/// One instruction of a build.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct PlannedStep {
    /// Names it in a change: the number of its stage, a dot, and its place in it.
    pub id: String,
    /// Its keyword in capitals; of an `ONBUILD` that of the trigger.
    pub keyword: &'static str,
    /// What follows the keyword, on one line; heredocs follow on lines of their own.
    pub text: String,
    /// The whole instruction.
    pub range: Range,
    /// Its first line.
    pub line: u32,
    /// It is the trigger of an `ONBUILD`, which runs in builds on top of this stage.
    pub is_trigger: bool,
    /// What it copies, downloads and mounts.
    pub reads: Vec<Read>,
    /// Paths that it writes, as far as they are known.
    pub writes: Vec<String>,
    /// The packages that it installs, as far as it names them.
    pub packages: Vec<String>,
    /// Its commands that install what a manifest lists, as `npm ci` does.
    pub manifest_installs: Vec<String>,
}

/// Something that an instruction reads.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    /// `files` are copied, a `download` is what `ADD` gets from an address; the others are mounts.
    #[tsify(type = "\"files\" | \"download\" | \"bind\" | \"cache\" | \"tmpfs\" | \"secret\" | \"ssh\"")]
    pub kind: &'static str,
    /// Where it comes from; `null` for what comes from nowhere in the build, such as a secret.
    pub from: Option<Origin>,
    /// Paths and patterns, or addresses; of a mount its source and its id.
    pub paths: Vec<String>,
    /// Where it goes, or is mounted.
    pub to: Option<String>,
}

/// What becomes of the image.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Ships {
    /// The stages whose layers make up the image, by their numbers, the lowest first.
    pub stages: Vec<u32>,
    /// What the lowest of them starts from.
    pub base: Option<Origin>,
    /// Who runs containers when no `USER` says so: `root`, `nonroot`, or `null` where that is not known of the base.
    #[tsify(type = "\"root\" | \"nonroot\" | null")]
    pub base_user: Option<&'static str>,
    /// `ENV`. What the base sets is not in it, as with all that follows.
    pub environment: Vec<Setting>,
    /// `LABEL`.
    pub labels: Vec<Setting>,
    /// `USER`.
    pub user: Option<String>,
    /// `WORKDIR`, absolute where that is known.
    pub workdir: Option<String>,
    /// `SHELL`; empty where the file sets none.
    pub shell: Vec<String>,
    /// `EXPOSE`.
    pub ports: Vec<String>,
    /// `VOLUME`.
    pub volumes: Vec<String>,
    /// `ENTRYPOINT`.
    pub entrypoint: Option<Program>,
    /// `CMD`.
    pub command: Option<Program>,
    /// `HEALTHCHECK CMD`.
    pub healthcheck: Option<Program>,
    /// `HEALTHCHECK NONE`.
    pub is_healthcheck_off: bool,
    /// `STOPSIGNAL`.
    pub stop_signal: Option<String>,
}

/// A name with its value.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// What is set.
    pub name: String,
    /// What it is set to; as it is written where nobody knows what that comes to.
    pub value: String,
}

/// A program to start.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// A shell reads it; `words` is then one text.
    pub is_shell: bool,
    /// The program and its arguments.
    pub words: Vec<String>,
}

/// What may change between two builds, as the file names it; each once.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct MayChange {
    /// Paths and patterns of the build context, and addresses.
    pub files: Vec<String>,
    /// The names of `ARG`s.
    pub args: Vec<String>,
    /// Images, and contexts given by name.
    pub images: Vec<String>,
}

/// A build after a change.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// What becomes of every stage, as the plan has them.
    pub stages: Vec<StageOutcome>,
    /// How many steps are built anew. Counted is what the builder numbers: images that stages start from, and steps that make layers.
    pub rebuilt: u32,
    /// How many are found in the cache.
    pub cached: u32,
    /// The first two in words, such as `9 of 11 steps rebuilt`.
    pub spoken: String,
    /// What changed and does nothing, each a sentence.
    pub notes: Vec<String>,
}

/// What becomes of a stage.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct StageOutcome {
    /// What becomes of its `FROM`.
    pub from: Outcome,
    /// What becomes of the `ONBUILD` triggers of the stage that it starts from, which run first, in their order.
    pub triggers: Vec<Outcome>,
    /// What becomes of its steps, as the plan has them.
    pub steps: Vec<Outcome>,
}

/// What becomes of an instruction, and why.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// `metadata` makes no layer, so that there is nothing to build.
    #[tsify(type = "\"cached\" | \"rebuilt\" | \"metadata\" | \"skipped\"")]
    pub state: &'static str,
    /// Why, in a sentence without a full stop.
    pub because: String,
    /// It is counted as rebuilt, and is found in the cache all the same when what it copies from a stage or an image is as it was.
    pub depends_on_content: bool,
}

/// What advice asks of a finding of the check. A `Finding` of the engine module is one.
#[derive(Tsify)]
#[expect(dead_code, reason = "only its TypeScript type is of use")]
pub struct FoundByCheck {
    /// The rule's id.
    pub rule: String,
    /// The id of a category of the score.
    pub category: String,
    /// Where.
    pub range: Range,
}

/// What to do with a Dockerfile beside writing it.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Counsel {
    /// What applies to this file, those of one moment together.
    pub advised: Vec<Advised>,
    /// Why there is none, in a sentence.
    pub silence: Option<&'static str>,
}

/// An advice, as it applies to one file.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Advised {
    /// Its id; its texts are in `advice.json`.
    pub id: &'static str,
    /// When its time is, such as `Build it`.
    pub moment: &'static str,
    /// What to run, or to write into a file.
    pub listings: Vec<Listing>,
    /// Sentences about this file.
    pub notes: Vec<String>,
}

/// Text to copy.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// The name of the file that it belongs into; `null` for commands of a shell.
    pub file: Option<&'static str>,
    /// Ends without a line break.
    pub text: String,
}

/// What the instruction at a place does in a build.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The instruction, or the directive.
    pub range: Range,
    /// The line on which `range` starts.
    pub line: u32,
    /// What it is and where in the build it stands.
    pub title: String,
    /// What there is to say, the most important first.
    pub facts: Vec<Fact>,
}

/// One thing to say about an instruction.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is about, in a word.
    pub topic: &'static str,
    /// Sentences.
    pub text: String,
}
