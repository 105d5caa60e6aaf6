//! Options that the JVM of the image no longer has.

use crate::fix::drop_argument;
use crate::image::ImageName;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "removed-jvm-flags",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("fatal"), Case::new("ignored").severity(Severity::Info)],
    supersedes: &[],
    title: "JVM option that is gone",
    summary: "This JVM option was removed; the program will not start, or the option does nothing.",
    why: "
Options of Java 8 live on in copied Dockerfiles. A newer JVM stops with \"Unrecognized VM option\", or prints a warning and goes on without. Since
Java 10 the JVM sees the memory that the container may use by itself and takes a quarter of it; `-XX:MaxRAMPercentage=75` gives it more.
",
    leave_it_when: "Another JVM than the one of the base image runs the program.",
    references: &[
        "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
        "https://openjdk.org/jeps/363",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", «\"-XX:+UseCGroupMemoryLimitForHeap\"», \"-jar\", \"/app.jar\"]\n",
            "FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        )
        .case("fatal"),
        reviewed(
            "FROM maven:3.9-eclipse-temurin-17\nENV JAVA_OPTS=«\"-XX:+PrintGCDateStamps -Xmx1g -XX:+UseConcMarkSweepGC\"»\nCMD java $JAVA_OPTS -jar /app.jar\n",
            "FROM maven:3.9-eclipse-temurin-17\nENV JAVA_OPTS=\"-Xmx1g\"\nCMD java $JAVA_OPTS -jar /app.jar\n",
        )
        .case("fatal"),
        reviewed(
            "FROM amazoncorretto:11\nENTRYPOINT java «-XX:MaxPermSize=256m» -jar /app.jar\n",
            "FROM amazoncorretto:11\nENTRYPOINT java -jar /app.jar\n",
        )
        .case("ignored"),
        flagged("FROM amazoncorretto:11\nENV JAVA_OPTS=«-XX:MaxPermSize=256m»\n").case("ignored"),
        clean("FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-XX:MaxRAMPercentage=75\", \"-jar\", \"/app.jar\"]\n"),
        clean("FROM eclipse-temurin:8-jre\nCMD [\"java\", \"-XX:+UseConcMarkSweepGC\", \"-jar\", \"/app.jar\"]\n"),
        clean("FROM eclipse-temurin:21-jre\nCMD [\"java\", \"-XX:+IgnoreUnrecognizedVMOptions\", \"-XX:+UseConcMarkSweepGC\", \"-jar\", \"/app.jar\"]\n"),
        clean("FROM tomcat:9.0\nENV CATALINA_OPTS=\"-XX:+UseConcMarkSweepGC\"\n"),
    ],
    check,
};

/// Options, the version that no longer knows them, and whether it stops there.
const GONE: [(&str, u32, bool); 7] = [
    ("-XX:+UseCGroupMemoryLimitForHeap", 11, true),
    ("-XX:+UseConcMarkSweepGC", 15, true),
    ("-XX:+UseParNewGC", 15, true),
    ("-XX:+PrintGCDateStamps", 9, true),
    ("-XX:+UseGCLogFileRotation", 9, true),
    ("-XX:MaxPermSize", 8, false),
    ("-XX:PermSize", 8, false),
];
const VARIABLES: &str = "JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS CATALINA_OPTS _JAVA_OPTIONS";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some(version) = document.chain_base(stage).image().and_then(java_version) else { return };
    let mut texts: Vec<(TextRange, &str, Option<&Command>)> = Vec::new();
    for step in document.chain_steps(stage) {
        for pair in step.env_pairs().iter().filter(|pair| pair.key.text.is_one_of(VARIABLES)) {
            texts.push((pair.value.range, &pair.value.text, None));
        }
        if step.start_command().is_some() {
            for command in step.all_commands() {
                for word in &command.words {
                    texts.push((word.range, word.shown(), Some(command)));
                }
            }
        }
    }
    if texts.iter().any(|(_, text, _)| text.contains("IgnoreUnrecognizedVMOptions")) {
        return;
    }
    for (range, text, command) in texts {
        let is_gone = |(option, since, _): &&(&str, u32, bool)| version >= *since && text.contains(option);
        let Some((option, since, is_fatal)) = GONE.iter().find(is_gone) else { continue };
        let finding = match is_fatal {
            true => report.at(
                "fatal",
                range,
                format!("Java {version} does not start with `{option}`, which is gone since {since}"),
            ),
            false => report.at("ignored", range, format!("Java {version} ignores `{option}`")),
        };
        if let Some(edit) = without_gone(document, range, version, command) {
            finding.fix(Review, "Leave out what is gone; the JVM then uses its own defaults", [edit]);
        }
    }
}

/// The edit that leaves out of a list of options what is gone; where nothing else stands in it, the whole word of its command.
fn without_gone(document: &Document<'_>, range: TextRange, version: u32, command: Option<&Command>) -> Option<Edit> {
    let written = document.slice(range);
    let options = written.trim_matches(['"', '\'']);
    let is_gone = |word: &&str| GONE.iter().any(|(option, since, _)| version >= *since && word.starts_with(option));
    let kept: Vec<&str> = options.split(' ').filter(|word| !is_gone(word)).into_list();
    if kept.is_empty() {
        return drop_argument(document, command?, range);
    }
    let is_plain = !written.contains('\n') && kept.len() < options.split(' ').count();
    is_plain.then(|| replace(range, written.replacen(options, &kept.join(" "), 1)))
}

/// The version of Java in an image, where its name tells: `eclipse-temurin:21-jre`, `maven:3.9-eclipse-temurin-21`, `tomcat:9-jdk17`.
fn java_version(image: &ImageName) -> Option<u32> {
    const VENDORS: &str = "eclipse-temurin openjdk amazoncorretto ibm-semeru-runtimes sapmachine adoptopenjdk";
    let number = |part: &str| part.split(['.', '_', 'u']).next().and_then(|major| major.parse::<u32>().ok());
    let parts: Vec<&str> = image.tag_parts().into_list();
    if image.short_name().is_one_of(VENDORS) {
        return parts
            .iter()
            .find_map(|part| number(part.strip_prefix("open").unwrap_or(part)))
            .filter(|major| *major > 1);
    }
    let named =
        |part: &&str| ["openjdk", "jdk", "jre", "java"].iter().find_map(|name| number(part.strip_prefix(name)?));
    let after = parts.iter().skip_while(|part| !(*part).is_one_of("temurin openjdk jdk corretto")).nth(1);
    parts.iter().find_map(named).or_else(|| number(after?))
}
