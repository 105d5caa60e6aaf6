//! Making one `RUN` of two.

use super::lasting::may_leave_process;
use super::layout::Layout;
use super::{Edit, delete, drop_last_link, insert, newline_of, replace};
use crate::document::{Document, RunScript, ScriptForm, Step};
use crate::shell::{Command as ShellCommand, Script, Separator};
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Arguments, Command, ExecForm, InstructionKind, MountType, TextRange, TextSize};

/// The edits that run the script of `second` behind that of `first`, which stands right before it and has the same flags, in one
/// instruction. Comments between the two stay where they are.
///
/// What the first changes for the shell itself, such as its directory or its options, does not reach the second: there the first is put
/// in parentheses. `None` where one of the two is no plain script, the shell makes more of it than shells do, the first may leave a
/// process running, or each has a mounted folder to write into that forgets what was written.
#[inline(never)]
pub fn join_runs(document: &Document<'_>, first: &Step<'_>, second: &Step<'_>) -> Option<Vec<Edit>> {
    let (a, b) = (plain_script(first)?, plain_script(second)?);
    let (a_range, b_range) = (script_range(first)?, script_range(second)?);
    // Left of `&&` nothing stops at an error any more, whatever `set -e` says: neither in a group nor in a loop.
    let may_stop_inside = may_stop_at_errors(document, first, &a.script) && !stops_anyway(&a.script);
    if has_fleeting_folder(document, first)
        || reads_files_at_start(document, first)
        || may_stop_inside
        || may_leave_process(&a.script)
    {
        return None;
    }
    let touches_shell = touches_shell(&a.script) || may_assign_in_expansion(document.slice(a_range));
    let lines = second.instruction.lines;
    let head = TextRange::new(lines.start(), b_range.start());
    let tail = TextRange::new(a_range.end(), first.instruction.lines.end());
    let between = TextRange::new(tail.end(), head.start());
    let is_in_head = |comment: &TextRange| head.contains_range(*comment);
    if second.instruction.comments.iter().any(is_in_head)
        || !document.slice(tail).trim().is_empty()
        || document.slice(between).lines().any(is_directed_at_next)
    {
        return None;
    }
    let layout = Layout::of_both(document, (first, a, a_range.end()), (second, b, b_range.end()));
    let mut edits = Vec::new();
    if touches_shell {
        // `((` would begin arithmetic.
        let open = if document.slice(a_range).starts_with('(') { "( " } else { "(" };
        edits.extend([insert(a_range.start(), open), insert(a_range.end(), ")")]);
    } else {
        edits.extend(grouped(document, &a.script, a_range));
    }
    edits.extend(repeated_cleaning(document, &a.script, &b.script));
    let blanks = document.slice(tail).trim_end_matches(['\r', '\n']).len();
    let blanks = TextRange::at(tail.start(), TextSize::try_from(blanks).ok()?);
    edits.push(replace(blanks, layout.line_end()));
    edits.extend(blank_lines(document, between).into_iter().map(delete));
    edits.push(replace(head, layout.line_start()));
    edits.extend(grouped(document, &b.script, b_range));
    edits.extend(layout.restyled(document, second, b));
    Some(edits)
}

/// Whether what a `RUN` writes into a mount is gone for the next one: into a tmpfs, or into files that are mounted for writing too.
fn has_fleeting_folder(document: &Document<'_>, step: &Step<'_>) -> bool {
    const WRITABLE: [&str; 4] = ["rw", "readwrite", "ro=false", "readonly=false"];
    step.mounts.iter().any(|mount| mount.kind == MountType::Tmpfs)
        || step.instruction.flags_named("mount").any(|flag| {
            let text = document.slice(flag.range);
            WRITABLE.iter().any(|sign| text.contains(sign))
        })
}

/// The script of a `RUN` that is nothing but commands after the keyword, none of them in the background, no shell comment among them.
fn plain_script<'s>(step: &'s Step<'_>) -> Option<&'s RunScript> {
    let [run] = &step.scripts[..] else { return None };
    let script = &run.script;
    let is_plain = step.is_run()
        && !step.is_trigger
        && step.instruction.heredocs.is_empty()
        && run.form == ScriptForm::Inline
        && script.is_readable
        && !script.has_comments
        && !script.commands.is_empty()
        && script.chains.iter().all(|chain| chain.followed_by != Separator::Background);
    is_plain.then_some(run)
}

fn script_range(step: &Step<'_>) -> Option<TextRange> {
    match &step.instruction.arguments {
        Arguments::Run(Command::Shell(shell)) => Some(shell.range),
        _ => None,
    }
}

/// Whether a script changes the shell that runs it, so that what follows would notice.
fn touches_shell(script: &Script) -> bool {
    let is_outside = |command: &&ShellCommand| !command.context.in_subshell && !command.context.in_substitution;
    script.leaves_names || script.commands.iter().filter(is_outside).any(ShellCommand::changes_shell)
}

/// Whether a text holds an expansion that sets a variable, as `${A:=b}` and `$((i+=1))` do. One too many costs no more than parentheses.
fn may_assign_in_expansion(text: &str) -> bool {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let assigns = |expansion: &str| expansion.trim_start_matches(is_of_name).trim_start_matches(':').starts_with('=');
    text.contains("((") || text.split("${").skip(1).any(assigns)
}

/// Whether `set -e` may be in force in a script, in a part of it or on a trap's behalf.
fn may_stop_at_errors(document: &Document<'_>, step: &Step<'_>, script: &Script) -> bool {
    const SETTERS: &str = ". builtin eval set shopt source trap";
    step.in_force.shell.is_some_and(has_options)
        || document.variable_at("SHELLOPTS", step).is_some()
        || script.commands.iter().any(|command| command.is_one_of(SETTERS))
}

/// Whether a script stops at every error even without `set -e`: one `&&` chain, and no groups or loops of several commands.
fn stops_anyway(script: &Script) -> bool {
    script.chains.iter().all(|chain| chain.followed_by == Separator::End)
        && !script.commands.iter().any(|command| command.context.is_conditional)
}

/// Whether a new shell would read a file that the step before may just have written: then two shells are not one.
fn reads_files_at_start(document: &Document<'_>, step: &Step<'_>) -> bool {
    let is_login_or_interactive = |flag: &str| flag == "--login" || is_short(flag) && flag.contains(['l', 'i']);
    let by_flag = step
        .in_force
        .shell
        .is_some_and(|shell| shell.arguments.iter().skip(1).any(|word| is_login_or_interactive(&word.value)));
    // Its shell activates the environment each time.
    let is_micromamba = document.base_image_at(step).is_some_and(|image| image.short_name() == "micromamba");
    by_flag || is_micromamba || words_of("BASH_ENV ENV").any(|name| document.variable_at(name, step).is_some())
}

/// Whether a `SHELL` may set options other than `pipefail`.
fn has_options(shell: &ExecForm) -> bool {
    shell.arguments.iter().skip(1).any(|word| !word.value.is_one_of("-c -o pipefail"))
}

fn is_short(flag: &str) -> bool {
    flag.starts_with('-') && !flag.starts_with("--")
}

/// The edit that leaves out the cleaning at the end of the first of two scripts, where the second repeats it. What such managers keep until then
/// they renew by themselves when that is out of date.
fn repeated_cleaning(document: &Document<'_>, first: &Script, second: &Script) -> Option<Edit> {
    let last = first.commands.last()?;
    let is_same = |command: &ShellCommand| {
        command.context == last.context
            && command.wrappers.is_empty()
            && document.slice(command.range) == document.slice(last.range)
    };
    let is_cleaning = last.is_one_of("dnf microdnf yum tdnf") && last.starts_with("clean all")
        || last.is_one_of("zypper") && last.operands().first().is_some_and(|verb| verb.is_one_of("clean cc"));
    let is_repeated = is_cleaning && last.wrappers.is_empty() && second.commands.iter().skip(1).any(is_same);
    if is_repeated && second.is_one_chain() { drop_last_link(document, first, last) } else { None }
}

/// Braces around what is not one chain, so that `&&` holds for all of it.
fn grouped(document: &Document<'_>, script: &Script, range: TextRange) -> Vec<Edit> {
    if script.is_one_chain() {
        return Vec::new();
    }
    // One chain, and a separator of nothing.
    let text = document.slice(range).trim_end();
    if script.top_level().count() == 1
        && script.trailing_separator() == Some(Separator::Semicolon)
        && text.ends_with(';')
    {
        let start = range.start() + TextSize::of(text) - TextSize::of(';');
        return vec![delete(TextRange::new(start, range.end()))];
    }
    let close = if script.trailing_separator().is_some() { " }" } else { "; }" };
    vec![insert(range.start(), "{ "), insert(range.end(), close)]
}

/// The empty lines in a range of whole lines: BuildKit warns of them within an instruction.
fn blank_lines(document: &Document<'_>, range: TextRange) -> Vec<TextRange> {
    let blank = document.file.lines_in(range).filter(|(_, line)| line.trim().is_empty());
    blank.map(|(range, _)| range).into_list()
}

/// Whether a comment would not be understood inside another instruction: it speaks to a linter about the instruction below it, or it is an
/// instruction that somebody has switched off.
fn is_directed_at_next(comment: &str) -> bool {
    let text = comment.trim_start().trim_start_matches('#').trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_instruction = InstructionKind::ALL.iter().any(|kind| kind.name() == first);
    is_instruction || comment.contains_any("ignore disable skip") && comment.contains(['=', ':'])
}

/// How many bytes a line may have before it stands file by file: most people's editors are wider.
const LONGEST_LINE: usize = 120;

/// The edits that let the first of several `COPY`s, which stand in a row and have the same flags and the same destination, bring what all
/// of them bring. Comments between them stay where they are.
#[inline(never)]
pub fn join_copies(document: &Document<'_>, copies: &[&Step<'_>]) -> Option<Vec<Edit>> {
    let (first, others) = copies.split_first()?;
    let arguments = first.copy().filter(|copy| !copy.is_json)?;
    let last_source = arguments.sources.last()?.word().range;
    let mut edits = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    let mut end = first.instruction.lines.end();
    for other in others {
        let copy = other.copy().filter(|copy| !copy.is_json && other.instruction.comments.is_empty())?;
        let lines = other.instruction.lines;
        if document.slice(TextRange::new(end, lines.start())).lines().any(is_directed_at_next) {
            return None;
        }
        end = lines.end();
        sources.extend(copy.sources.iter().map(|source| source.word().text.as_str()));
        edits.push(delete(document.lines_to_go(other.instruction)));
    }
    let first_line = document.slice(first.instruction.range);
    let length = first_line.len() + sources.iter().map(|source| source.len() + 1).sum::<usize>();
    let is_long = length > LONGEST_LINE && !first_line.contains('\n');
    let gap = match is_long {
        true => format!(" {}{}     ", document.file.escape, newline_of(document.file.text())),
        false => " ".to_owned(),
    };
    let mut sources: String = sources.into_iter().flat_map(|source| [gap.as_str(), source]).collect();
    let mut end = last_source.end();
    if is_long {
        sources += &gap;
        end = arguments.destination.range.start();
    }
    edits.push(replace(TextRange::new(last_source.end(), end), sources));
    if arguments.destination.text == "." {
        edits.push(insert(arguments.destination.range.end(), "/"));
    }
    Some(edits)
}
