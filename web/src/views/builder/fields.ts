import { type VNode, h } from "../../h.ts";
import type { Fault, Path } from "../../learn/schema.ts";
import { idOf, saidAt } from "../../builder/faults.ts";
import { prose } from "../prose.ts";
import { texts } from "../../texts/builder.ts";

/** A field of the workshop's file. */
export interface Place {
  readonly path: Path;
  readonly label: string;
  /** Tells fields of the same label apart, for who does not see where they stand. */
  readonly of?: string;
  readonly help?: string;
  readonly faults: readonly Fault[];
  /** What is no fault of the file, and wants to be seen all the same. */
  readonly doubt?: string;
  put(value: string): void;
}

export interface Field extends Place {
  readonly value: string;
  /** More than one for a text of several lines. */
  readonly rows?: number;
  readonly isCode?: boolean;
  readonly isNumber?: boolean;
}

export function field({ value, rows = 1, isCode = false, isNumber = false, put, ...place }: Field): VNode {
  const shared = { value, autocomplete: "off", spellcheck: isCode ? "false" : undefined, on: { input: ({ target }: Event) => put(valueOf(target)) }, ...naming(place) };
  const control =
    rows === 1
      ? h("input", { type: "text", inputmode: isNumber ? "numeric" : undefined, class: isCode ? "is-code" : undefined, ...shared })
      : h("textarea", { rows, dir: isCode ? "ltr" : undefined, wrap: isCode ? "off" : undefined, class: isCode ? "is-code" : undefined, ...shared });
  return framed(place, control, isNumber ? "field is-short" : "field");
}

/** One of several. */
export function choice(place: Place & { readonly value: string; readonly options: readonly (readonly [value: string, name: string])[] }): VNode {
  const { value, options, put, ...rest } = place;
  // What a file says and nobody offers is shown, so that it can be mended.
  const all = options.some(([known]) => known === value) ? options : [...options, [value, value] as const];
  const control = h(
    "select",
    { ...naming(rest), on: { change: ({ target }: Event) => put(valueOf(target)) } },
    all.map(([option, name]) => h("option", { key: option, value: option, selected: option === value }, name)),
  );
  return framed(rest, control, "field");
}

/** Any of several: what is chosen stands on a line each. */
export function checks(place: Place & { readonly value: string; readonly options: readonly string[] }): VNode {
  const { value, options, put, path, label, of, help = "", faults } = place;
  const chosen = value.split("\n").filter((line) => line !== "");
  const said = saidAt(faults, path);
  const toggled = (name: string, isOn: boolean) => options.filter((option) => (option === name ? isOn : chosen.includes(option))).join("\n");
  return h(
    "fieldset",
    { class: "field checks", id: idOf(path), tabindex: -1, "aria-describedby": `${idOf(path)}-note` },
    h("legend", {}, label, of !== undefined && h("span", { class: "unseen" }, texts.of(of))),
    h(
      "div",
      { class: "check-row" },
      options.map((name) =>
        h(
          "label",
          { class: "check" },
          h("input", { type: "checkbox", checked: chosen.includes(name), on: { change: ({ target }: Event) => put(toggled(name, target instanceof HTMLInputElement && target.checked)) } }),
          h("code", {}, name),
        ),
      ),
    ),
    note(path, help, said),
  );
}

/** What nobody has come to yet is not wrong. */
function naming({ path, faults }: Pick<Place, "path" | "faults">) {
  const said = saidAt(faults, path);
  const isEmpty = said === texts.toMend.empty || said === texts.condition.missing;
  return { id: idOf(path), "aria-describedby": `${idOf(path)}-note`, "aria-required": isEmpty ? "true" : undefined, "aria-invalid": said === "" || isEmpty ? undefined : "true" };
}

function framed({ path, label, of, help = "", faults, doubt = "" }: Omit<Place, "put">, control: VNode, kind: string): VNode {
  const said = [saidAt(faults, path), doubt].filter((text) => text !== "").join(" ");
  return h(
    "div",
    { class: kind },
    h("label", { for: idOf(path) }, label, of !== undefined && h("span", { class: "unseen" }, texts.of(of))),
    control,
    note(path, help, said),
  );
}

/** What a field is for, or what is wrong in it: in the same place, so that nothing moves. */
function note(path: Path, help: string, said: string): VNode {
  const isEmpty = said === texts.toMend.empty;
  const shown = isEmpty ? [h("b", {}, said), " ", prose(help)] : prose(said === "" ? help : said);
  return h("p", { id: `${idOf(path)}-note`, class: said === "" || isEmpty ? "note" : "note is-fault" }, shown);
}

/** What is wrong in several fields together, or with how many there are. */
export function faultOf(faults: readonly Fault[], path: Path): VNode | false {
  const said = saidAt(faults, path, true);
  return said !== "" && h("p", { class: "note is-fault", id: idOf(path), tabindex: -1 }, prose(said));
}

/** A button that says what it is for, to who does not see where it stands. */
export function action(label: string, of: string, act: () => void, more: { readonly id?: string; readonly isOff?: boolean; readonly kind?: string } = {}): VNode {
  const { id, isOff = false, kind = "" } = more;
  return h(
    "button",
    { type: "button", class: `button ${kind}`.trim(), id, "aria-disabled": isOff ? "true" : undefined, on: { click: () => !isOff && act() } },
    label,
    h("span", { class: "unseen" }, texts.of(of)),
  );
}

function valueOf(target: EventTarget | null): string {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  return isField ? target.value : "";
}
