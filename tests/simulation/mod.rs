//! What is promised of every simulated build.

use layerwise_engine::dockerignore::Dockerignore;
use layerwise_engine::plan::BuildPlan;
use layerwise_engine::simulate::{Candidates, Change, Counts, Outcome, Simulation, State};
use layerwise_engine::{Document, Input, simulate};
use layerwise_syntax::parse;

/// Simulates changes of a text's build and holds the answers to their promises. `name` says in a failure which text it was.
pub fn hold(name: &str, text: &str, dockerignore: Option<&str>, path: &str) {
    let file = parse(text);
    let plan = BuildPlan::of(&Document::new(&file, &Input { dockerignore, ..Input::new(text) }));
    let ignore = dockerignore.map(Dockerignore::read);
    let after = |change: &Change| {
        let simulation = simulate(&plan, ignore.as_ref(), change);
        hold_shape(name, &plan, &simulation);
        simulation
    };
    let Candidates { files, args, images } = Candidates::of(&plan);
    let none = after(&Change::default());
    let needed = none.counts(&plan).needed();
    assert_eq!(
        none.counts(&plan),
        Counts { rebuilt: 0, ..none.counts(&plan) },
        "{name}: nothing is rebuilt without a change"
    );
    let one = Change { files: vec![path.to_owned()], ..Change::default() };
    let context = Change { files: vec![path.to_owned(), ".".to_owned()], ..Change::default() };
    let named =
        Change { files: [path.to_owned(), ".".to_owned()].into_iter().chain(files).collect(), ..Change::default() };
    let all = Change { args, images, ..named.clone() };
    let mut before = rebuilt(&none);
    for change in [one, context, named, all] {
        let simulation = after(&change);
        assert_eq!(simulation.counts(&plan).needed(), needed, "{name}: a change needs no other steps");
        let now = rebuilt(&simulation);
        let is_more = before.iter().zip(&now).all(|(before, now)| !before || *now);
        assert!(is_more, "{name}: what one change rebuilds, more changes rebuild too: {change:?}");
        before = now;
    }
}

fn outcomes(simulation: &Simulation) -> impl Iterator<Item = &Outcome> {
    let stages = simulation.stages.iter();
    stages.flat_map(|stage| std::iter::once(&stage.from).chain(&stage.triggers).chain(&stage.steps))
}

fn rebuilt(simulation: &Simulation) -> Vec<bool> {
    outcomes(simulation).map(|outcome| outcome.state == State::Rebuilt).collect()
}

fn hold_shape(name: &str, plan: &BuildPlan, simulation: &Simulation) {
    assert_eq!(plan.stages.len(), simulation.stages.len(), "{name}: every stage is answered");
    for (stage, outcome) in plan.stages.iter().zip(&simulation.stages) {
        assert_eq!(stage.steps.len(), outcome.steps.len(), "{name}: every step is answered");
        assert_eq!(stage.is_needed, outcome.from.state != State::Skipped, "{name}: what is not needed is skipped");
    }
    for outcome in outcomes(simulation) {
        assert!(!outcome.because.sentence(plan, &|_| 1).is_empty(), "{name}: there is a reason: {outcome:?}");
    }
}
