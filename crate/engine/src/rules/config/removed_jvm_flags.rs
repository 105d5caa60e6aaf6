//! Options that the JVM of the image no longer has.

use crate::image::ImageName;
use crate::rules::prelude::*;
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
        flagged("FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", «\"-XX:+UseCGroupMemoryLimitForHeap\"», \"-jar\", \"/app.jar\"]\n").case("fatal"),
        flagged("FROM maven:3.9-eclipse-temurin-17\nENV JAVA_OPTS=«\"-Xmx1g -XX:+UseConcMarkSweepGC\"»\nCMD java $JAVA_OPTS -jar /app.jar\n").case("fatal"),
        flagged("FROM amazoncorretto:11\nENTRYPOINT java «-XX:MaxPermSize=256m» -jar /app.jar\n").case("ignored"),
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
    let mut texts: Vec<(TextRange, &str)> = Vec::new();
    for step in document.chain_steps(stage) {
        let options = step.env_pairs().iter().filter(|pair| pair.key.text.is_one_of(VARIABLES));
        texts.extend(options.map(|pair| (pair.value.range, pair.value.text.as_str())));
        if step.start_command().is_some() {
            let words = step.scripts.iter().flat_map(|run| &run.script.commands).flat_map(|command| &command.words);
            texts.extend(words.map(|word| (word.range, word.shown())));
        }
    }
    if texts.iter().any(|(_, text)| text.contains("IgnoreUnrecognizedVMOptions")) {
        return;
    }
    for (range, text) in texts {
        let Some((option, since, is_fatal)) =
            GONE.iter().find(|(option, since, _)| version >= *since && text.contains(option))
        else {
            continue;
        };
        match is_fatal {
            true => report.at(
                "fatal",
                range,
                format!("Java {version} does not start with `{option}`, which is gone since {since}"),
            ),
            false => report.at("ignored", range, format!("Java {version} ignores `{option}`")),
        };
    }
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
