//! What to do when others are to use an image.

use super::build::{REGISTRY, REGISTRY_NOTE, build_command, pushed};
use super::found::Found;
use super::model::{Advice, Given, Moment};
use super::subject::Subject;
use crate::category::Category;
use crate::code::{cis, dockle, tally};

pub const ATTACH_ATTESTATIONS: Advice = Advice {
    id: "attach-attestations",
    category: Category::Security,
    moment: Moment::Ship,
    title: "Attach a bill of materials and the provenance",
    why: "
A bill of materials (SBOM) answers \"are we affected?\" in seconds; the provenance shows from which source an image was built. Both travel with the image in
the registry. Statements of a VEX document are attached the same way, and not as files in the image.

`mode=max` publishes the values of build arguments: another reason to give secrets to a build as secrets only.
",
    references: &[
        "https://docs.docker.com/build/metadata/attestations/",
        "https://github.com/anchore/syft",
        "https://docs.docker.com/scout/how-tos/create-exceptions-vex/",
    ],
    codes: &[tally("tally/prefer-vex-attestation")],
    give: attach_attestations,
};

fn attach_attestations(subject: &Subject<'_>) -> Option<Given> {
    let image = subject.name.as_str();
    let syft = ["syft ", image, " --output spdx-json=sbom.spdx.json"].concat();
    if subject.stage.is_windows {
        return Some(Given::shell(&[syft]));
    }
    let build = pushed(subject, &["--sbom=true", "--provenance=mode=max"]);
    let scout = ["docker scout sbom ", REGISTRY, image].concat();
    Some(Given::shell(&[build, scout]).and(super::Language::Shell, syft).note(REGISTRY_NOTE))
}

pub const VERIFY_SIGNATURES: Advice = Advice {
    id: "verify-image-signatures",
    category: Category::Security,
    moment: Moment::Ship,
    title: "Sign what you push, verify what you pull",
    why: "
A tag says nothing about who made the image behind it. A signature does, and a deployment that asks for it cannot be fed somebody else's image. Sign
the digest, because a tag moves. Docker Content Trust was the first answer; Sigstore's `cosign` and Notation are today's.
",
    references: &[
        "https://docs.sigstore.dev/cosign/signing/overview/",
        "https://docs.docker.com/engine/security/trust/",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    codes: &[cis("4.5"), cis("4.12"), dockle("CIS-DI-0005")],
    give: verify_signatures,
};

fn verify_signatures(subject: &Subject<'_>) -> Option<Given> {
    let image = [REGISTRY, &subject.name].concat();
    let digest = ["DIGEST=$(docker buildx imagetools inspect ", &image, " --format '{{.Manifest.Digest}}')"].concat();
    let signed = ["\"", &image, "@$DIGEST\""].concat();
    let given = Given::shell(&[
        digest,
        ["cosign sign ", &signed].concat(),
        ["cosign verify --certificate-identity you@example.com \\\n  --certificate-oidc-issuer https://accounts.google.com ", &signed].concat(),
    ]);
    Some(given.note(REGISTRY_NOTE).note("The identity and the issuer are those that you sign in with."))
}

pub const COMPRESS_LAYERS: Advice = Advice {
    id: "compress-layers",
    category: Category::Size,
    moment: Moment::Ship,
    title: "Compress layers with zstd",
    why: "
Layers in zstd are smaller than in gzip and unpack several times faster, so that containers start sooner. Every Docker and containerd of the last years
reads them; some registries and old tools do not.

Flattening an image into one layer helps only where layers write over each other, and gives up that images share layers. Cleaning up in the same `RUN` is
better.
",
    references: &["https://docs.docker.com/build/exporters/#compression", "https://docs.docker.com/build/exporters/image-registry/"],
    codes: &[],
    give: compress_layers,
};

fn compress_layers(subject: &Subject<'_>) -> Option<Given> {
    let is_of = |found: &Found, category: Category| found.category == category.id();
    let is_large = subject.found.iter().any(|found| is_of(found, Category::Size) || is_of(found, Category::Layers));
    if subject.stage.is_windows || !is_large {
        return None;
    }
    let output =
        ["--output type=image,name=", REGISTRY, &subject.name, ",push=true,compression=zstd,force-compression=true"]
            .concat();
    let command = build_command("docker buildx build", subject, &[], &subject.needs, &[&output]);
    Some(Given::shell(&[command]).note(REGISTRY_NOTE))
}
