//! CUDA packages that do not go with the CUDA of the image.

use crate::image::ImageName;
use crate::packages::{install, package_name};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "cuda-packages-mismatch",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("version").codes(&[tally("tally/gpu/cuda-version-mismatch")]),
        Case::new("redundant").severity(Severity::Info).codes(&[tally("tally/gpu/no-redundant-cuda-install")]),
    ],
    supersedes: &[],
    title: "CUDA packages that do not go with the image",
    summary: "Ask for packages that were built for the CUDA of the image, and for nothing that it brings.",
    why: "
Packages for another CUDA fall back to the processor, or fail when they are loaded. A second copy of CUDA takes gigabytes and may hide the first.
",
    leave_it_when: "The packages bring a CUDA of their own, and the driver on your machines is new enough for it.",
    references: &["https://pytorch.org/get-started/locally/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN pip install --no-cache-dir torch==2.8.0 --index-url «https://download.pytorch.org/whl/cu118»\n").case("version"),
        flagged("FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN pip install «torch==2.8.0+cu128»\n").case("version"),
        flagged("FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN conda install -y pytorch «pytorch-cuda=11.8»\n").case("version"),
        flagged("FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y git «libcudnn9-cuda-12»\n").case("redundant"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN pip install --no-cache-dir torch==2.8.0 --index-url https://download.pytorch.org/whl/cu129\n"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN pip install torch --index-url https://download.pytorch.org/whl/cu126\n"),
        clean("FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nRUN apt-get update && apt-get install -y libcudnn9-cuda-12 cuda-libraries-12-9\n"),
        clean("FROM python:3.13\nRUN pip install torch==2.8.0+cu128\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let image = document.chain_base(stage).image().filter(|image| image.repository == "nvidia/cuda");
        let Some(image) = image else { continue };
        let own = image.tag_parts().next().and_then(version);
        for command in stage.own_steps().flat_map(|step| step.commands()) {
            let is_asked = command.is_one_of("pip pip3 uv conda mamba micromamba python python3");
            let wanted = command.arguments().iter().filter(|_| is_asked).find_map(|word| Some((word, wanted(word)?)));
            if let (Some(own), Some((word, wanted))) = (own, wanted)
                && (own.0 != wanted.0 || wanted.1 > own.1)
            {
                let message = format!(
                    "this is built for CUDA {}.{}, and the image holds {}.{}",
                    wanted.0, wanted.1, own.0, own.1
                );
                report.at("version", word.range, message);
            }
            redundant(image, command, report);
        }
    }
}

/// A version of CUDA, of which two numbers count.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// The version of CUDA for which a word asks: `torch==2.8.0+cu128`, `…/whl/cu118`, `pytorch-cuda=11.8`.
fn wanted(word: &Word) -> Option<(u32, u32)> {
    let text = word.known()?;
    for name in ["pytorch-cuda", "cudatoolkit", "cuda-version"] {
        if let Some(rest) = text.strip_prefix(name) {
            return version(rest.trim_start_matches('='));
        }
    }
    let digits = match (text.split_once("+cu"), text.split_once("/whl/cu"), text.strip_prefix("cu")) {
        (Some((_, rest)), ..) | (_, Some((_, rest)), _) | (.., Some(rest)) => rest.trim_end_matches('/'),
        _ => return None,
    };
    // `cu128` is 12.8, and there was no CUDA of one digit with such packages but 9.
    let (major, minor) = digits.split_at_checked(2).filter(|_| digits.len() == 3)?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Reports packages of the system that the image holds.
fn redundant(image: &ImageName, command: &Command, report: &mut Reporter<'_>) {
    let has = |flavour: &str| image.tag_parts().any(|part| part.starts_with(flavour));
    let (is_devel, is_runtime) = (has("devel"), has("devel") || has("runtime"));
    let held = [
        ("cuda-cudart", is_runtime || has("base")),
        ("cuda-runtime", is_runtime),
        ("cuda-libraries", is_runtime),
        ("libnccl2", is_runtime),
        ("libcudnn", has("cudnn")),
        ("cuda-toolkit", is_devel),
        ("libnccl-dev", is_devel),
    ];
    let Some(install) = install(command) else { return };
    for package in install.packages {
        let name = package_name(package.shown());
        let is_headers = (name.contains("-dev") || name.ends_with("-devel")) && !is_devel;
        if !is_headers && held.iter().any(|(prefix, is_held)| *is_held && name.starts_with(prefix)) {
            report.at("redundant", package.range, format!("the image holds `{name}` already"));
        }
    }
}
