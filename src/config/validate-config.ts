import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ConfigPath, ConfigText } from "./config-text.ts";
import type { LayercConfig } from "./config.ts";
import { describeValue } from "./describe-value.ts";
import { configKeys, overrideKeys, type KeyKind } from "./keys.ts";

export const configUnknownKey = defineDiagnostic<{ key: string; where: string; help: string }>(
  "config-unknown-key",
  "error",
  "A config has a key that layerc doesn't know.",
  ({ key, where, help }) => ({ message: `'${key}' is not a key of ${where}`, help }),
);

export const configWrongValue = defineDiagnostic<{
  name: string;
  found: string;
  expected: string;
  suggestion: string | undefined;
}>(
  "config-wrong-value",
  "error",
  "A key of a config has a value of another kind than it takes.",
  ({ name, found, expected, suggestion }) => ({
    message: `${name} is ${found}, expected ${expected}`,
    ...(suggestion === undefined ? {} : { help: `did you mean '${suggestion}'?` }),
  }),
);

export const configMissingKey = defineDiagnostic<{ name: string }>(
  "config-missing-key",
  "error",
  "An entry of `overrides` doesn't say for which files it is.",
  ({ name }) => ({
    message: `${name} has no 'files'`,
    help: 'add the globs of its files: files: ["models/big/*.layers"]',
  }),
);

/** Checks what a config file gave. The value is usable only without diagnostics; keys that are `undefined` count as absent. */
export function validateConfig(value: unknown, text: ConfigText): Checked<LayercConfig> {
  const diagnostics: Diagnostic[] = [];
  checkObject(value, [], configKeys);
  return { value: value as LayercConfig, diagnostics };

  function checkObject(object: unknown, path: ConfigPath, keys: ReadonlyMap<string, KeyKind>): void {
    if (!isObject(object)) return wrong(path, object, "an object");
    let misspelt = false;
    for (const [key, content] of Object.entries(object)) {
      const kind = keys.get(key);
      if (kind === undefined) {
        unknownKey(key, path, keys);
        misspelt ||= suggest(key, keys.keys()) === "files";
      }
      if (kind !== undefined && content !== undefined) checkValue(content, [...path, key], kind);
    }
    if (keys === overrideKeys && !misspelt && object["files"] === undefined) {
      diagnostics.push(configMissingKey(text.value(path), { name: nameOf(path) }));
    }
  }

  function checkValue(content: unknown, path: ConfigPath, kind: KeyKind): void {
    switch (kind.kind) {
      case "choice":
        if (typeof content === "string" && kind.values.includes(content)) return;
        return wrong(path, content, alternatives(kind.values), kind.values);
      case "path":
        if (typeof content !== "string" || content === "") wrong(path, content, "a path");
        return;
      case "globs":
        return checkGlobs(content, path);
      case "overrides":
        if (!Array.isArray(content)) return wrong(path, content, "a list of objects");
        return content.forEach((entry, at) => checkObject(entry, [...path, at], overrideKeys));
    }
  }

  function checkGlobs(content: unknown, path: ConfigPath): void {
    if (!Array.isArray(content)) {
      if (typeof content !== "string" || content === "") wrong(path, content, "a glob or a list of globs");
      return;
    }
    if (content.length === 0) wrong(path, content, "at least one glob");
    content.forEach((glob: unknown, at) => {
      if (typeof glob !== "string" || glob === "") wrong([...path, at], glob, "a glob");
    });
  }

  function wrong(path: ConfigPath, found: unknown, expected: string, choices: readonly string[] = []): void {
    const suggestion = typeof found === "string" ? suggest(found, choices) : undefined;
    const details = { name: nameOf(path), found: describeValue(found), expected, suggestion };
    diagnostics.push(configWrongValue(text.value(path), details));
  }

  function unknownKey(key: string, path: ConfigPath, keys: ReadonlyMap<string, KeyKind>): void {
    const inOverrides = keys === overrideKeys;
    const elsewhere = (inOverrides ? configKeys : overrideKeys).has(key);
    const near = suggest(key, keys.keys());
    const help = elsewhere
      ? inOverrides
        ? "it goes to the top of the config, for it is the same for all files"
        : "it goes into an entry of 'overrides'"
      : near === undefined
        ? `the keys are ${[...keys.keys()].join(", ")}`
        : `did you mean '${near}'?`;
    const where = inOverrides ? nameOf(path) : "the config";
    diagnostics.push(configUnknownKey(text.key([...path, key]), { key, where, help }));
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `'overrides[0].files'` */
function nameOf(path: ConfigPath): string {
  if (path.length === 0) return "The config";
  const steps = path.map((step, at) => (typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${step}`));
  return `'${steps.join("")}'`;
}

function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
