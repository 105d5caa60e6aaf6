//! Images from scratch that cannot check certificates.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "scratch-missing-runtime-files",
    category: Category::MultiStage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "No certificates in an image from scratch",
    summary: "Copy the CA certificates along when the program calls others over HTTPS.",
    why: "
`scratch` is empty: there is no shell, no libc, and no list of the authorities whose certificates can be trusted. The first HTTPS call of the program
fails with an error about an unknown authority, and only in production, since the builder has that list.

Copy the file from the builder, or start from `gcr.io/distroless/static`, which has it, time zones and an unprivileged user.
",
    leave_it_when: "The program calls nobody over TLS, or carries the certificates inside of itself.",
    references: &[
        "https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch",
        "https://github.com/GoogleContainerTools/distroless/tree/main/base",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nRUN go build -o /out/api .\n\nFROM «scratch»\nCOPY --from=build /out/api /api\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n",
            "FROM golang:1.26 AS build\nRUN go build -o /out/api .\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/api /api\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n",
        ),
        // The builder may not have them either.
        flagged("FROM debian:13-slim AS build\nRUN make\nFROM «scratch»\nCOPY --from=build /api /api\nCMD [\"/api\"]\n"),
        clean(
            "FROM golang:1.26 AS build\nRUN go build -o /out/api .\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/api /api\nENTRYPOINT [\"/api\"]\n",
        ),
        // A whole root, a program that brings its own, files to take out, and one that is no builder's.
        clean("FROM debian:13 AS build\nRUN make\nFROM scratch\nCOPY --from=build /rootfs /\nCMD [\"/api\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -tags=x509roots -o /api .\nFROM scratch\nCOPY --from=build /api /api\nCMD [\"/api\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM scratch\nCOPY --from=build /api /\n"),
        clean("FROM scratch\nCOPY api /api\nCMD [\"/api\"]\n"),
        clean("FROM golang:1.26 AS build\nFROM scratch\nENV SSL_CERT_FILE=/certs.pem\nCOPY --from=build /api /api\nCMD [\"/api\"]\n"),
    ],
    check,
};

/// What the paths of certificate bundles hold.
const SIGNS: &str = "ca-certificates ca-bundle cert.pem /etc/ssl /etc/pki ssl/certs x509roots";

/// Images that have the bundle where Debian puts it.
const WITH_BUNDLE: &str = "golang rust buildpack-deps";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    if *document.chain_base(stage) != Base::Scratch || document.start(stage).is_none() {
        return;
    }
    let steps = document.chain_steps(stage);
    let mut builder = None;
    for step in &steps {
        if step.env_pairs().iter().any(|pair| pair.key.text.starts_with("SSL_CERT_")) {
            return;
        }
        let Some(copy) = step.copy() else { continue };
        let sources = copy.sources.iter().map(|source| source.word().text.as_str());
        if may_bring_bundle(&copy.destination.text) || sources.into_iter().any(may_bring_bundle) {
            return;
        }
        // A folder that becomes the root, or a large part of it, holds what it holds.
        let is_root =
            copy.destination.text == "/" && copy.sources.iter().all(|source| !source.word().text.contains("bin/"));
        if is_root && copy.sources.iter().any(|source| !looks_like_program(&source.word().text)) {
            return;
        }
        builder = builder.or_else(|| step.takes_from().first().and_then(|(name, _)| document.stage_of_reference(name)));
    }
    let (Some(builder), Some((_, from))) = (builder, stage.from) else { return };
    let embeds = |step: &Step<'_>| {
        let text = document.slice(step.outer.range);
        text.contains("x509roots") || text.contains("webpki-roots") || text.contains("rustls")
    };
    if document.chain_steps(builder).into_iter().any(embeds) {
        return;
    }
    let finding = report.here(from.image.range, "without CA certificates, no HTTPS call of the program can succeed");
    let (Some(name), Some(first)) = (builder.name, stage.steps.first()) else { return };
    let has_bundle = document.chain_base(builder).image().is_some_and(|image| {
        image.repository.is_one_of(WITH_BUNDLE)
            && !image.tag_parts().any(|part| part.contains("slim") || part == "nanoserver")
    });
    if has_bundle {
        // As the builder knows it, and as the stage is called once another rule has renamed it.
        let name = name.to_ascii_lowercase();
        let arguments = format!("--from={name} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/");
        let line = document.line_above(first.outer, "COPY", &arguments);
        finding.fix(Review, "Copy them from the builder", [line]);
    }
}

fn may_bring_bundle(path: &str) -> bool {
    path.contains_any(SIGNS) || matches!(path, "/etc" | "/etc/")
}

/// Whether the last part of a path looks like a program, and not like a folder with a file system.
fn looks_like_program(path: &str) -> bool {
    let name = crate::path::name(path);
    !path.ends_with('/')
        && !["rootfs", "root", "dist", "out", "export", "install", "output", ""].contains(&name)
        && !name.contains('*')
}
