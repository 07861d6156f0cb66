import type { LayercConfig, Override } from "./config.ts";
import { options } from "./options/table.ts";
import { namesWhere, type OptionName } from "./options/values.ts";

/** What a key of the config takes. */
export type KeyKind =
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "path" }
  | { readonly kind: "globs" }
  | { readonly kind: "switch" }
  | { readonly kind: "overrides" };

/** The keys at the top of a config. A map, because names such as `constructor` are keys of no config. */
export const configKeys = keys<keyof LayercConfig>([
  ["include", { kind: "globs" }],
  ...namesWhere<keyof LayercConfig & OptionName>(({ config }) => config !== false).map(optionKey),
  ["sandboxPaths", { kind: "switch" }],
  ["overrides", { kind: "overrides" }],
]);

/** The keys of an entry of `overrides`. */
export const overrideKeys = keys<keyof Override>([
  ["files", { kind: "globs" }],
  ...namesWhere<keyof Override & OptionName>(({ config }) => config === "file").map(optionKey),
]);

function keys<Name extends string>(
  entries: readonly (readonly [name: Name, kind: KeyKind])[],
): ReadonlyMap<string, KeyKind> {
  return new Map(entries);
}

function optionKey<Name extends OptionName>(name: Name): readonly [name: Name, kind: KeyKind] {
  const { values } = options[name];
  return [name, typeof values === "string" ? { kind: values } : { kind: "choice", values }];
}
