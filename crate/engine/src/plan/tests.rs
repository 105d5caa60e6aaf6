use super::{BuildPlan, Healthcheck, Origin, Program, VariablesRead};
use crate::config::Config;
use crate::document::Document;
use crate::input::Input;
use layerwise_syntax::{InstructionKind, parse};

fn plan_with(input: &Input<'_>) -> BuildPlan {
    let file = parse(input.dockerfile);
    BuildPlan::of(&Document::new(&file, input))
}

fn plan(text: &str) -> BuildPlan {
    plan_with(&Input::new(text))
}

const SHOP: &str = "\
ARG NODE=24
FROM node:${NODE}-slim AS base
ENV PORT=8080 MODE=live
WORKDIR /srv

FROM base AS build
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci \\
    # only what is needed
    && npm run build

FROM base AS test
RUN npm test

FROM base
COPY --from=build --link /srv/dist dist
COPY --from=docker.io/library/busybox:1.37 /bin/wget /bin/
USER node
EXPOSE $PORT 8080 9000/udp
LABEL team=shop
CMD [\"node\", \"dist/main.js\"]
";

#[test]
fn the_image_needs_the_stages_that_it_starts_from_and_copies_from() {
    let plan = plan(SHOP);
    let needed: Vec<bool> = plan.stages.iter().map(|stage| stage.is_needed).collect();
    assert_eq!(needed, [true, true, false, true]);
    assert_eq!(plan.target, Some(3));
    assert_eq!(plan.stages[0].base, Origin::Image("node:24-slim".to_owned()));
    assert_eq!(plan.stages[1].base, Origin::Stage(0));
    assert_eq!(plan.stages[3].needed_stages().collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_target_needs_less() {
    let plan = plan_with(&Input { target: Some("test"), ..Input::new(SHOP) });
    let needed: Vec<bool> = plan.stages.iter().map(|stage| stage.is_needed).collect();
    assert_eq!(needed, [true, false, true, false]);
    assert_eq!(plan.config.user, None);
    assert_eq!(plan.needed_commands().collect::<Vec<_>>(), ["npm test"]);
}

#[test]
fn commands_are_listed_in_order_without_continuations_and_comments() {
    let plan = plan(SHOP);
    assert_eq!(plan.needed_commands().collect::<Vec<_>>(), ["npm ci", "npm run build"]);
    assert_eq!(plan.stages[1].steps[1].text, "--mount=type=cache,target=/root/.npm npm ci && npm run build");
}

#[test]
fn a_step_knows_what_it_reads() {
    let plan = plan(SHOP);
    let copy = &plan.stages[1].steps[0].inputs;
    let files = copy.files.as_ref().unwrap();
    assert_eq!(files.origin, Origin::Context);
    assert_eq!(files.paths.iter().map(|path| path.text()).collect::<Vec<_>>(), ["package.json", "package-lock.json"]);
    assert_eq!(copy.variables, VariablesRead::Named(Vec::new()));
    let run = &plan.stages[1].steps[1].inputs;
    assert_eq!(run.variables, VariablesRead::All);
    assert_eq!(run.mounts[0].origin, None, "a cache begins empty");
    assert!(plan.stages[3].steps[0].is_independent() && !plan.stages[1].steps[1].is_independent());
    assert_eq!(plan.stages[3].steps[3].inputs.variables, VariablesRead::Named(vec!["PORT".to_owned()]));
}

#[test]
fn a_step_knows_what_it_writes() {
    let plan = plan(SHOP);
    let paths = |stage: usize, step: usize| plan.stages[stage].steps[step].output.paths.clone();
    assert_eq!(paths(0, 1), ["/srv"]);
    assert_eq!(paths(1, 0), ["/srv/package.json", "/srv/package-lock.json"]);
    assert_eq!(paths(3, 0), ["/srv/dist"]);
    assert!(!plan.stages[1].steps[1].output.is_complete, "who knows what a program writes");
    let layers: Vec<bool> = plan.stages[3].steps.iter().map(|step| step.output.makes_layer).collect();
    assert_eq!(layers, [true, true, false, false, false, false]);
}

#[test]
fn what_is_in_force_goes_through_stages() {
    let plan =
        plan("FROM alpine AS a\nUSER app\nWORKDIR /a\nSHELL [\"/bin/ash\", \"-c\"]\nFROM a\nWORKDIR b\nRUN id\n");
    let setting = &plan.stages[1].steps[1].setting;
    assert_eq!(setting.user.as_ref().unwrap().text(), "app");
    assert_eq!(setting.workdir.as_deref(), Some("/a/b"));
    assert_eq!(setting.shell.as_deref(), Some(&["/bin/ash".to_owned(), "-c".to_owned()][..]));
}

#[test]
fn the_configuration_is_that_of_the_whole_chain() {
    let config = plan(SHOP).config;
    let environment: Vec<_> =
        config.environment.entries.iter().map(|entry| (&*entry.name, entry.value.text())).collect();
    assert_eq!(environment, [("PORT", "8080"), ("MODE", "live")]);
    assert_eq!(config.ports.iter().map(|port| port.text()).collect::<Vec<_>>(), ["8080", "9000/udp"]);
    assert_eq!(config.user.unwrap().text(), "node");
    assert_eq!(config.workdir.as_deref(), Some("/srv"));
    assert_eq!(config.cmd, Some(Program::Exec(vec!["node".to_owned(), "dist/main.js".to_owned()])));
    assert_eq!(config.labels.get("team").unwrap().text(), "shop");
}

#[test]
fn an_entry_point_drops_the_command_below_it() {
    let text = "FROM alpine AS a\nCMD sleep 1\nHEALTHCHECK CMD true\nFROM a\nENTRYPOINT [\"/run\"]\nHEALTHCHECK --interval=5s CMD /ok\nSTOPSIGNAL SIGINT\nVOLUME /a /a /b\n";
    let config = plan(text).config;
    assert_eq!(config.cmd, None);
    assert_eq!(
        config.healthcheck,
        Some(Healthcheck::Run { program: Program::Shell("/ok".to_owned()), options: vec!["interval=5s".to_owned()] })
    );
    assert_eq!(config.volumes.len(), 2);
    assert_eq!(config.stop_signal.unwrap().text(), "SIGINT");
}

#[test]
fn origins_are_told_apart() {
    let text = "FROM alpine AS a\nONBUILD RUN make\nFROM a\nCOPY --from=assets x /x\nCOPY --from=0 y /y\nADD https://e.org/z ./w /z/\n\
        RUN --mount=from=nginx:1.29,target=/n --mount=target=/c cat /c/f > /out\nFROM $WHO\nCOPY --from=$X / /\n";
    let config = Config { named_contexts: &["assets"], ..Config::DEFAULT };
    let plan = plan_with(&Input { config, ..Input::new(text) });
    let origins = |step: usize| plan.stages[1].steps[step].inputs.origins().cloned().collect::<Vec<_>>();
    assert_eq!(origins(0), [Origin::NamedContext("assets".to_owned())]);
    assert_eq!(origins(1), [Origin::Stage(0)]);
    assert_eq!(origins(2), [Origin::Context]);
    assert_eq!(plan.stages[1].steps[2].inputs.downloads[0].text(), "https://e.org/z");
    assert_eq!(origins(3), [Origin::Image("nginx:1.29".to_owned()), Origin::Context]);
    assert_eq!(plan.stages[1].steps[3].output.paths, ["/out"]);
    assert_eq!(plan.triggers(&plan.stages[1]).map(|step| step.text.as_str()).collect::<Vec<_>>(), ["make"]);
    assert!(plan.stages[0].steps[0].is_trigger && plan.stages[0].steps[0].kind == InstructionKind::Run);
    assert_eq!(plan.stages[2].base, Origin::Unknown("$WHO".to_owned()));
    assert_eq!(plan.stages[2].steps[0].inputs.files.as_ref().unwrap().origin, Origin::Unknown("$X".to_owned()));
}

#[test]
fn plans_are_equal_when_the_build_is() {
    let one = plan("FROM alpine\nENV A=1\nUSER $A\nRUN a \\\n  && b\n");
    let other = plan("FROM docker.io/library/alpine\nENV A=1\nUSER 1\nRUN a && b\n");
    assert_eq!(one.config, other.config);
    assert!(one.needed_commands().eq(other.needed_commands()));
    assert_eq!(one.stages[0].base, other.stages[0].base);
    assert_ne!(one.config, plan("FROM alpine\nENV A=1\nUSER 2\n").config);
}

#[test]
fn every_text_has_a_plan() {
    assert_eq!(plan("").target, None);
    assert_eq!(plan("RUN make\n").stages[0].base, Origin::Unknown(String::new()));
    // Stages that need each other are refused by BuildKit; here they just end.
    let text = "FROM b AS a\nCOPY --from=b / /\nFROM a AS b\nCOPY --from=a / /\n";
    assert!(plan(text).stages.iter().all(|stage| stage.is_needed));
}
