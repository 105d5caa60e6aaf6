//! What a program remembers, stored in its image.

use crate::document::is_within;
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "state-baked-into-image",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "State is stored in the image",
    summary: "Keep databases in a volume or a service, and let the program create what it needs at its start.",
    why: "
Containers are replaced, not repaired. What a program writes into its layer goes with the container, and the next one starts from the old copy in
the image again.
",
    leave_it_when: "It is data that the program only reads.",
    references: &["https://docs.docker.com/engine/storage/volumes/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM python:3.13-slim\nCOPY app.py «shop.sqlite3» /app/\nCMD [\"python\", \"/app/app.py\"]\n"),
        flagged("FROM python:3.13-slim\nCOPY «app.db» /app/\nCMD [\"python\", \"/app/app.py\"]\n"),
        flagged("FROM debian:13\nCOPY data «/var/lib/mysql/»\n"),
        flagged("FROM debian:13\nRUN «service mysql start» && mysql < /schema.sql\n"),
        flagged("FROM debian:13\nRUN «sqlite3 /app/shop.db» < schema.sql\n"),
        clean("FROM python:3.13-slim\nCOPY app.py /app/\nENV DB_PATH=/data/shop.sqlite3\nVOLUME /data\nCMD [\"python\", \"/app/app.py\"]\n"),
        clean("FROM debian:13\nADD https://example.org/vendors.db /usr/share/\n"),
        clean("FROM postgres:18\nCOPY schema.sql /docker-entrypoint-initdb.d/\nCOPY GeoIP.mmdb geo.dat /usr/share/geo/\n"),
        clean("FROM python:3.13-slim\nCOPY tests/shop.sqlite3 /app/tests/\nRUN service nginx start && psql --version\n"),
        clean("FROM python:3.13-slim\nCOPY shop.sqlite3 /app/\nCMD [\"serve\", \"file:/app/shop.sqlite3?mode=ro\"]\n"),
    ],
    check,
};

const FOLDERS: &str = "\
    /var/lib/mysql /var/lib/postgresql /var/lib/mongodb /var/lib/redis /var/lib/rabbitmq /var/lib/elasticsearch \
    /var/lib/cassandra /data/db";
const ENDINGS: &str = ".sqlite .sqlite3 .db .mdb .rdb .aof .ibd .frm .dump";
const SERVERS: &str = "mysqld mysqld_safe postgres pg_ctl pg_ctlcluster mongod redis-server mongorestore";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        let starts = [document.entrypoint(stage), document.cmd(stage)];
        let only_reads = starts.into_iter().flatten().any(|step| {
            let text = document.slice(step.outer.range);
            text.contains("mode=ro") || text.contains("immutable=1") || text.contains("-readonly")
        });
        if only_reads {
            continue;
        }
        for step in stage.own_steps() {
            copied(step, report);
            if let Some(range) = step.commands().find_map(fills) {
                report.here(range, "this fills a database in the image, and no container keeps what it adds");
            }
        }
    }
}

/// Reports a copy of a database.
fn copied(step: &Step<'_>, report: &mut Reporter<'_>) {
    let Some(copy) = step.copy() else { return };
    let target = &copy.destination.text;
    if words_of(FOLDERS).any(|folder| is_within(target, folder)) {
        report.here(copy.destination.range, "what a database remembers is put into the image");
        return;
    }
    for word in copy.sources.iter().map(|source| source.word()) {
        let text = word.text.to_ascii_lowercase();
        let is_for_tests = text.contains_any("test fixture sample example");
        // What others publish is data to read.
        if !is_for_tests && !text.contains("://") && text.ends_with_any(ENDINGS) {
            report.here(
                word.range,
                format!("`{}` is put into the image, and no container keeps what it adds", word.text),
            );
        }
    }
}

/// Where a command starts the server of a database, or fills a database.
fn fills(command: &Command) -> Option<TextRange> {
    const SERVICES: &str = "mysql mariadb postgresql mongod mongodb redis-server";
    let program = command.program()?;
    let names = |word: &str| command.arguments().iter().any(|argument| argument.is(word));
    let asks_only = command.has_any_flag("--version -V --help -h");
    let reads = command.redirects.iter().any(|redirect| redirect.kind == crate::shell::RedirectKind::Read);
    let is_filled = match program {
        "service" | "rc-service" => names("start") && words_of(SERVICES).any(names),
        "mysql" | "mariadb" | "sqlite3" => reads,
        _ => program.is_one_of(SERVERS) && !asks_only && !command.context.in_substitution,
    };
    is_filled.then(|| command.words_range())
}
