//! Graphics cards that are chosen when the image is built.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "gpu-settings-hardcoded",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("devices").codes(&[tally("tally/gpu/no-hardcoded-visible-devices")]),
        Case::new("capabilities")
            .severity(Severity::Info)
            .codes(&[tally("tally/gpu/prefer-minimal-driver-capabilities")]),
    ],
    supersedes: &[],
    title: "Graphics card chosen in the image",
    summary: "Choose the graphics card, and what of its driver is needed, when the container starts.",
    why: "
A fixed index fails on a machine with other hardware, and fights the scheduler. With `all` capabilities, libraries for graphics and video are
mounted that computing never touches.
",
    leave_it_when: "The program draws or encodes video, and needs all of the driver.",
    references: &["https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nENV «CUDA_VISIBLE_DEVICES»=0 LANG=C.UTF-8\n",
            "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nENV LANG=C.UTF-8\n",
        )
        .case("devices"),
        reviewed("FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nENV «NVIDIA_VISIBLE_DEVICES» all\n", "FROM nvidia/cuda:12.9.1-base-ubuntu24.04\n").case("devices"),
        reviewed(
            "FROM ubuntu:24.04\nENV NVIDIA_VISIBLE_DEVICES=all «NVIDIA_DRIVER_CAPABILITIES»=all\n",
            "FROM ubuntu:24.04\nENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility\n",
        )
        .case("capabilities"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility\n"),
        clean("FROM ubuntu:24.04\nARG CARD\nENV NVIDIA_VISIBLE_DEVICES=void CUDA_VISIBLE_DEVICES=$CARD\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let is_cuda = document.chain_base(stage).image().is_some_and(|image| image.repository == "nvidia/cuda");
    for step in document.chain_steps(stage) {
        for pair in step.env_pairs() {
            let Some(value) = pair.value.value() else { continue };
            let name = pair.key.text.as_str();
            if name == "NVIDIA_DRIVER_CAPABILITIES" && value == "all" {
                let finding = report.at("capabilities", pair.key.range, "this mounts every library of the driver");
                finding.fix(
                    Review,
                    "Ask for what computing needs (graphics and video go)",
                    [replace(pair.value.range, "compute,utility")],
                );
                continue;
            }
            let is_fixed = match name {
                "CUDA_VISIBLE_DEVICES" => true,
                "NVIDIA_VISIBLE_DEVICES" if value == "all" => is_cuda,
                "NVIDIA_VISIBLE_DEVICES" => !matches!(value.as_str(), "void" | "none" | ""),
                _ => false,
            };
            if !is_fixed {
                continue;
            }
            let message = match value.as_str() {
                "all" => "the image that this is built on has set this already".to_owned(),
                _ => format!("`{value}` is chosen here, for whatever machine the container runs on"),
            };
            let finding = report.at("devices", pair.key.range, message);
            if let Some(edit) = document.pair_to_go(step, step.env_pairs(), pair) {
                finding.fix(Review, "Leave the choice to whoever starts the container", [edit]);
            }
        }
    }
}
