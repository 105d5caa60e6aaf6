//! What to look into when an image is there.

use super::model::{Advice, Given, Moment};
use super::subject::{Start, Subject};
use crate::category::Category;
use crate::code::{cis, dockle, kics};
use crate::image::{is_os, is_shell_less, os_family};

pub const SCAN_IMAGE: Advice = Advice {
    id: "scan-image",
    category: Category::Security,
    moment: Moment::Inspect,
    title: "Scan the image for known vulnerabilities before pushing it",
    why: "
A Dockerfile says which packages are asked for, and not which versions with which holes end up inside. A scanner reads the finished image. One of these is
enough. Let CI fail on what is grave and can be mended, and scan again every week: new holes are found in old images.

Clair looks at what lies in a registry, with a server of its own.
",
    references: &[
        "https://trivy.dev/docs/latest/target/container_image/",
        "https://github.com/anchore/grype",
        "https://quay.github.io/clair/",
        "https://docs.docker.com/scout/",
    ],
    codes: &[cis("4.4"), dockle("CIS-DI-0004"), kics("Vulnerable OpenSSL Version")],
    give: scan_image,
};

fn scan_image(subject: &Subject<'_>) -> Option<Given> {
    let image = subject.name.as_str();
    let scout = ["docker scout cves ", image].concat();
    if subject.stage.is_windows {
        return Some(Given::shell(&[scout]));
    }
    Some(Given::shell(&[
        ["trivy image --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1 ", image].concat(),
        ["grype ", image, " --only-fixed --fail-on high  # Anchore"].concat(),
        [&scout, "  # Docker"].concat(),
        ["clairctl report ", super::build::REGISTRY, image, "  # Clair"].concat(),
    ]))
}

pub const ANALYSE_LAYERS: Advice = Advice {
    id: "analyse-layers",
    category: Category::Size,
    moment: Moment::Inspect,
    title: "Look at what each layer costs",
    why: "
What makes an image large is in one or two layers, and seldom where one looks first. `docker history` gives a table of them; `dive` shows every file of a
layer, and what was wasted by writing or deleting the same file again.
",
    references: &[
        "https://github.com/wagoodman/dive",
        "https://docs.docker.com/reference/cli/docker/image/history/",
        "https://docs.docker.com/reference/cli/docker/image/inspect/",
    ],
    codes: &[],
    give: analyse_layers,
};

fn analyse_layers(subject: &Subject<'_>) -> Option<Given> {
    let image = subject.name.as_str();
    let history = ["docker history --format '{{.Size}}\\t{{.CreatedBy}}' ", image].concat();
    let size = ["docker image inspect --format '{{.Size}}' ", image].concat();
    if subject.stage.is_windows {
        return Some(Given::shell(&[history, size]));
    }
    Some(Given::shell(&[history, size, ["dive ", image].concat()]))
}

pub const REMOVE_SETUID_FILES: Advice = Advice {
    id: "remove-setuid-files",
    category: Category::Security,
    moment: Moment::Inspect,
    title: "List, and strip, the setuid programs of the image",
    why: "
Base images bring `su`, `mount`, `passwd` and others, which run as their owner whoever calls them. The Dockerfile does not show them, the image does. An
image that runs one program needs none: `RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +` before `USER` takes the bit from all of them.
",
    references: &[
        "https://www.cisecurity.org/benchmark/docker",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    codes: &[],
    give: remove_setuid_files,
};

fn remove_setuid_files(subject: &Subject<'_>) -> Option<Given> {
    // Alpine and slim images have a shell and `find`; those without a shell have no such programs either.
    let image =
        subject.image().filter(|image| !is_shell_less(image) && (is_os(image) || os_family(image).is_some()))?;
    if subject.stage.is_windows || image.short_name() == "busybox" {
        return None;
    }
    let command = "-c 'find / -xdev \\( -perm -4000 -o -perm -2000 \\) -type f'";
    let parts = ["--user 0 --entrypoint sh".to_owned(), subject.name.clone(), command.to_owned()];
    Some(Given::shell(&[super::quote::command("docker run --rm", &parts)]))
}

pub const DEBUG_FROM_OUTSIDE: Advice = Advice {
    id: "debug-without-tools-in-image",
    category: Category::Security,
    moment: Moment::Inspect,
    title: "Look into a container without tools in its image",
    why: "
An image without a shell is so on purpose, and tools for a rare moment are tools for an intruder every day. `docker debug`, `kubectl debug`, or a second
container in the namespaces of the first bring their own, and leave the image as it is.
",
    references: &[
        "https://docs.docker.com/reference/cli/docker/debug/",
        "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",
    ],
    codes: &[],
    give: debug_from_outside,
};

fn debug_from_outside(subject: &Subject<'_>) -> Option<Given> {
    let has_no_shell = subject.document.starts_without_shell(subject.stage);
    let has_tools = subject.has_finding("unnecessary-packages distroless-candidate debugger-in-final-stage");
    if !subject.runs() || subject.stage.is_windows || !has_no_shell && !has_tools {
        return None;
    }
    let container = subject.name.as_str();
    let given = Given::shell(&[
        ["docker debug ", container].concat(),
        super::quote::command(
            "docker run --rm -it",
            &[
                ["--pid container:", container].concat(),
                ["--network container:", container].concat(),
                "busybox".to_owned(),
            ],
        ),
    ]);
    Some(given.note(if subject.start == Start::Server {
        ""
    } else {
        "The container is to be called so: `docker run --name`."
    }))
}
