import type { FileOptions, LayercConfig, Override, TypesEnding } from "./config.ts";

/** What a key of the config takes. */
export type KeyKind =
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "path" }
  | { readonly kind: "globs" }
  | { readonly kind: "overrides" };

type Choices<Options> = { readonly [Key in keyof Options]-?: readonly NonNullable<Options[Key]>[] };

/** The values of each option of a file, the default first. */
export const fileOptionValues = {
  target: ["typescript", "wasm", "auto"],
  precision: ["float32", "bfloat16"],
  weights: ["inline", "file"],
  unroll: ["auto", "full", "none"],
  emit: ["ts", "js"],
} as const satisfies Choices<FileOptions>;

/** The values of `types`, the default first. */
export const typesEndings = ["d.layers.ts", "layers.d.ts"] as const satisfies readonly TypesEnding[];

const fileKeys = Object.fromEntries(
  Object.entries(fileOptionValues).map(([key, values]) => [key, { kind: "choice", values }]),
) as unknown as Record<keyof FileOptions, KeyKind>;

const topLevel: Readonly<Record<keyof LayercConfig, KeyKind>> = {
  include: { kind: "globs" },
  outDir: { kind: "path" },
  ...fileKeys,
  types: { kind: "choice", values: typesEndings },
  overrides: { kind: "overrides" },
};

const inOverride: Readonly<Record<keyof Override, KeyKind>> = { files: { kind: "globs" }, ...fileKeys };

/** The keys at the top of a config. A map, because names such as `constructor` are keys of no config. */
export const configKeys: ReadonlyMap<string, KeyKind> = new Map(Object.entries(topLevel));

/** The keys of an entry of `overrides`. */
export const overrideKeys: ReadonlyMap<string, KeyKind> = new Map(Object.entries(inOverride));
