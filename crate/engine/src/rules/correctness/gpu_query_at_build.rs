//! Questions about a graphics card that is not there.

use crate::fix::drop_command;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "gpu-query-at-build",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/gpu/no-buildtime-gpu-queries")],
    cases: &[],
    supersedes: &[],
    title: "The graphics card is asked for during the build",
    summary: "Ask for the GPU when the container runs; while it is built there is none.",
    why: "
A build has no access to the machine's graphics cards. `nvidia-smi` fails there, and `torch.cuda.is_available()` says no: either the build stops, or
it decides for ever that there is no card.

Ask in `CMD`, in the program, or in a `HEALTHCHECK`: `docker run --gpus all` gives the container what the build has not.
",
    leave_it_when: "The builder passes a device on with `RUN --device`.",
    references: &["https://docs.docker.com/engine/containers/gpu/", "https://docs.docker.com/reference/dockerfile/#run---device"],
    fix_changes: &[],
    examples: &[
        reviewed("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN «nvidia-smi»\n", "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\n"),
        reviewed(
            "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN «nvidia-smi» && make install\n",
            "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN make install\n",
        ),
        // Something takes the answer.
        flagged("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN «nvidia-smi» | tee /gpu.txt && make\n"),
        flagged("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN «nvidia-smi > /gpu.txt» && make\n"),
        reviewed("FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime\nRUN «python -c 'import torch; assert torch.cuda.is_available()'»\n", "FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime\n"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nCMD [\"nvidia-smi\"]\n"),
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nHEALTHCHECK CMD nvidia-smi\nRUN echo nvidia-smi > /usr/bin/check\n"),
        // It is expected to fail, or the answer is not relied on.
        clean("FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nRUN nvidia-smi || true\nRUN if nvidia-smi; then make gpu; else make cpu; fi\n"),
        clean("FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime\nRUN python -c 'import torch; print(torch.cuda.is_available())'\n"),
    ],
    check,
};

const PROGRAMS: &str = "nvidia-smi rocm-smi nvidia-debugdump deviceQuery";

const CALLS: [&str; 5] = [
    "torch.cuda.get_device",
    "torch.cuda.current_device",
    "assert torch.cuda.is_available",
    "assert tf.config.list_physical_devices('GPU')",
    "jax.devices('gpu')",
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run() && step.instruction.flag("device").is_none()) {
        for (run, command) in step.scripts.iter().flat_map(|run| run.script.commands.iter().map(move |it| (run, it))) {
            if command.context.is_tested || command.context.is_conditional || command.context.in_function {
                continue;
            }
            let is_program = command.is_one_of(PROGRAMS);
            let asks = || command.arguments().iter().any(|word| CALLS.iter().any(|call| word.shown().contains(call)));
            let is_python = command.program().is_some_and(|program| program.starts_with("python"));
            if !(is_program || is_python && asks()) {
                continue;
            }
            let finding = report.here(command.range, "there is no graphics card during the build, so this fails");
            let is_unheard = command.redirects.is_empty() && !command.context.writes_pipe;
            if let Some(edit) = drop_command(document, step, run, command).filter(|_| is_unheard) {
                finding.fix(Review, "Take the question away; ask when the container runs", [edit]);
            }
        }
    }
}
