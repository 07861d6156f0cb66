import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ConfigPath, ConfigText } from "./config-text.ts";
import { configKeys, overrideKeys } from "./keys.ts";
import { pathName } from "./path-name.ts";

export const configUnknownKey = defineDiagnostic<{ key: string; where: string; help: string }>(
  "config-unknown-key",
  "error",
  "A config has a key that layerc doesn't know.",
  ({ key, where, help }) => ({ message: `'${key}' is not a key of ${where}`, help }),
  () => ({
    meaning:
      "The config has a key that layerc does not know, so it would do nothing. It is misspelt, or belongs into another part of the config.",
    example: {
      kind: "config",
      text: '{ "outdir": "src/models" }',
      arguments: { key: "outdir", where: "the config", help: "did you mean 'outDir'?" },
      mended: '{ "outDir": "src/models" }',
    },
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
  () => ({
    meaning: "An entry of overrides gives options to some files, and files says which ones.",
    example: {
      kind: "config",
      text: '{ "overrides": [{ "target": "wasm" }] }',
      arguments: { name: "'overrides[0]'" },
      mended: '{ "overrides": [{ "files": ["big/*.layers"], "target": "wasm" }] }',
    },
  }),
);

/** Says that a key is none of those at the top of the config, where the path is empty, or of an override. */
export function unknownKey(key: string, path: ConfigPath, text: ConfigText): Diagnostic {
  const where = path.length === 0 ? "the config" : pathName(path);
  return configUnknownKey(text.key([...path, key]), { key, where, help: helpFor(key, path.length > 0) });
}

/** An override says for which files it is; one whose `files` is misspelt has been told so. */
export function checkFilesKey(
  override: Readonly<Record<string, unknown>>,
  path: ConfigPath,
  text: ConfigText,
): readonly Diagnostic[] {
  const misspelt = Object.keys(override).some(
    (key) => !overrideKeys.has(key) && suggest(key, overrideKeys.keys()) === "files",
  );
  if (misspelt || override["files"] !== undefined) return [];
  return [configMissingKey(text.value(path), { name: pathName(path) })];
}

function helpFor(key: string, inOverride: boolean): string {
  const keys = inOverride ? overrideKeys : configKeys;
  if (inOverride && configKeys.has(key)) return "it goes to the top of the config, for it is the same for all files";
  if (!inOverride && overrideKeys.has(key)) return "it goes into an entry of 'overrides'";
  const near = suggest(key, keys.keys());
  return near === undefined ? `the keys are ${[...keys.keys()].join(", ")}` : `did you mean '${near}'?`;
}
