import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { isObject } from "../json/is-object.ts";
import { checkFilesKey, unknownKey } from "./check-keys.ts";
import { checkValue, wrongValue, type ConfigValue } from "./check-value.ts";
import type { ConfigText } from "./config-text.ts";
import type { LayercConfig } from "./config.ts";
import { configKeys, overrideKeys, type KeyKind } from "./keys.ts";

/** Checks what a config file gave. The value is usable only without diagnostics; keys that are `undefined` count as absent. */
export function validateConfig(value: unknown, text: ConfigText): Checked<LayercConfig> {
  // Without diagnostics it is what the keys say, and they are made from the type's options.
  return { value: value as LayercConfig, diagnostics: checkObject({ content: value, path: [], text }, configKeys) };
}

function checkObject(value: ConfigValue, keys: ReadonlyMap<string, KeyKind>): readonly Diagnostic[] {
  const { content, path, text } = value;
  if (!isObject(content)) return [wrongValue(value, "an object")];
  return Object.entries(content).flatMap(([key, inner]) => {
    const kind = keys.get(key);
    if (kind === undefined) return [unknownKey(key, path, text)];
    return inner === undefined ? [] : checkKey({ content: inner, path: [...path, key], text }, kind);
  });
}

function checkKey(value: ConfigValue, kind: KeyKind): readonly Diagnostic[] {
  return kind.kind === "overrides" ? checkOverrides(value) : checkValue(value, kind);
}

function checkOverrides(value: ConfigValue): readonly Diagnostic[] {
  const { content, path, text } = value;
  if (!Array.isArray(content)) return [wrongValue(value, "a list of objects")];
  return content.flatMap((entry: unknown, at) => {
    const override = { content: entry, path: [...path, at], text };
    const wrong = checkObject(override, overrideKeys);
    return isObject(entry) ? [...wrong, ...checkFilesKey(entry, override.path, text)] : wrong;
  });
}
