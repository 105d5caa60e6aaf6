//! The WebAssembly modules, and the scripts that the page calls them through.

use crate::halves::{Halves, cut};
use crate::{command, fresh, layout};
use anyhow::{Context, Result, bail};
use layerwise_engine::all_rules;
use layerwise_engine::rules::Check;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";

/// The modules, each of the crate `layerwise-wasm-…` of its name.
const MODULES: [&str; 3] = ["engine", "build", "shell"];

/// What of the engine only its second half needs: all that JavaScript asks of it but the first score, the large fixes (their doors are in
/// `engine/src/fix/wanted.rs`), and, by [`rules_of_second_half`], the rules that a first score leaves out.
const SECOND_HALF: [&str; 24] = [
    "check",
    "fixAll",
    "outlook",
    "secrets",
    "silence",
    "layerwise_engine::fix::append::append",
    "layerwise_engine::fix::artefact::artefact",
    "layerwise_engine::fix::join::join_copies",
    "layerwise_engine::fix::join::join_runs",
    "layerwise_engine::fix::second_stage::second_stage",
    "layerwise_engine::fix::user::switch_user",
    "layerwise_engine::rules::base_image::eol_base_image::mend",
    "layerwise_engine::rules::caching::install_after_source_copy::manifest_first",
    "layerwise_engine::rules::caching::install_after_source_copy::modules_first",
    "layerwise_engine::rules::caching::install_after_source_copy::system_first",
    "layerwise_engine::rules::caching::update_and_install_together::mend",
    "layerwise_engine::rules::caching::update_and_install_together::update_first",
    "layerwise_engine::rules::config::healthcheck_missing::mend",
    "layerwise_engine::rules::correctness::env_self_reference::splits",
    "layerwise_engine::rules::correctness::invalid_json_form::mend",
    "layerwise_engine::rules::correctness::invalid_json_form::read",
    "layerwise_engine::rules::multi_stage::dev_dependencies_in_final_stage::leave_out",
    "layerwise_engine::rules::size::clean_package_cache::mend",
    "layerwise_engine::rules::size::remove_temporary_files::mend",
];

/// Builds each module into `web/generated/<name>`.
pub fn build_modules() -> Result<()> {
    ensure_target()?;
    for name in MODULES {
        // One after the other: what one crate asks of a dependency would otherwise be in the other's module as well.
        let package = format!("layerwise-wasm-{name}");
        let arguments = ["--quiet", "--package", &package, "--target", TARGET, "--profile", PROFILE];
        command::run(command::cargo("build").args(arguments).env("CARGO_ENCODED_RUSTFLAGS", same_everywhere()))?;
        let module = layout::target().join(TARGET).join(PROFILE).join(format!("layerwise_wasm_{name}.wasm"));
        bind(&module, &layout::generated().join(name), name)?;
    }
    Ok(())
}

/// Flags with which the modules say nothing of the machine that they are built on: messages about panics name the files of the code. So the same
/// commit gives the same modules, byte for byte, and who builds them can compare.
fn same_everywhere() -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registry = home.map(|home| format!("--remap-path-prefix={}=cargo", home.display()));
    let own = format!("--remap-path-prefix={}=layerwise", layout::root().display());
    // Between flags stands what cargo reads so, since a path may hold blanks.
    registry.into_iter().chain([own]).collect::<Vec<_>>().join("\u{1f}")
}

/// Asks for the target as the repository's toolchain has it, because installing it on first use may be switched off.
fn ensure_target() -> Result<()> {
    let Some(installed) = command::output_of(rustup().args(["target", "list", "--installed"])) else {
        return ensure_target_without_rustup();
    };
    if installed.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    command::run(rustup().args(["target", "add", TARGET]))
}

fn ensure_target_without_rustup() -> Result<()> {
    let libraries = command::output_of(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    bail!(
        "The engine needs Rust's {TARGET} target, and neither it nor `rustup` is found: install rustup, which then fetches the target."
    );
}

fn rustup() -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(layout::root());
    command
}

/// Writes `<name>.js`, `<name>.d.ts` and `<name>_bg.wasm`, unless they are newer than the module and than this program.
fn bind(module: &Path, folder: &Path, name: &str) -> Result<()> {
    let stamp = folder.join(".complete");
    if fresh::is_up_to_date(&stamp, &[module, &env::current_exe()?]) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut output = Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(true)
        // The page says where the module lies: its name holds a hash.
        .omit_default_module_path(true)
        .remove_name_section(name != "engine")
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot read {}", module.display()))?;
    output.emit(folder)?;
    if name == "engine" {
        halve(folder, name)?;
    }
    fs::write(stamp, "")?;
    Ok(())
}

/// Cuts the engine in two: the score need not wait for all of it. Who has no page takes the whole.
fn halve(folder: &Path, name: &str) -> Result<()> {
    let path = folder.join(format!("{name}_bg.wasm"));
    let names: Vec<String> = SECOND_HALF.iter().map(|name| (*name).to_owned()).chain(rules_of_second_half()).collect();
    let Halves { whole, first, second } = cut(&fs::read(&path)?, &names).context("The engine cannot be cut in two.")?;
    fs::write(path, first)?;
    fs::write(folder.join(format!("{name}_second.wasm")), second)?;
    fs::write(folder.join(format!("{name}_whole.wasm")), whole)?;
    Ok(())
}

/// The functions of the rules that weigh nothing.
fn rules_of_second_half() -> impl Iterator<Item = String> {
    let function =
        |category: &str, id: &str| format!("layerwise_engine::rules::{category}::{id}::check").replace('-', "_");
    let weightless = all_rules().iter().filter(|rule| !Check::of(rule).may_weigh());
    weightless.map(move |rule| function(rule.category.id(), rule.id))
}
