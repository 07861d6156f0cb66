import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixtureBytes, layerc } from "../importers/support.ts";
import { safetensorsFile } from "../support/safetensors-file.ts";

const keras = fixtureBytes("models/xor_2_8_1/model.keras");

/** A .keras file with another config. */
function withConfig(change: (config: string) => string): Uint8Array {
  const members = unzipSync(keras);
  const config = strFromU8(members["config.json"] as Uint8Array);
  return zipSync({ ...members, "config.json": strToU8(change(config)) });
}

const lists = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const objects = (levels: number): string => `${'{"config":'.repeat(levels)}1${"}".repeat(levels)}`;
/** TimeDistributed around itself, `levels` JSON objects deep. */
const wrapped = (levels: number): string =>
  `${'{"class_name":"TimeDistributed","config":{"layer":'.repeat(levels / 2)}1${"}}".repeat(levels / 2)}`;
const weights = 'model M { weights "./w.safetensors" input [2] Dense(1) }';

/** Files with a JSON text in them, the command that reads it, and where it has to be read without a complaint. */
type Place = readonly [
  name: string,
  files: (json: string) => Record<string, string | Uint8Array>,
  argv: readonly string[],
];

const places: readonly Place[] = [
  ["config.json of a .keras", (json) => ({ "m.keras": withConfig(() => json) }), ["import", "m.keras"]],
  [
    "an argument in it",
    (json) => ({ "m.keras": withConfig((config) => config.replace('"trainable": true', `"trainable": ${json}`)) }),
    ["import", "m.keras"],
  ],
  ["model.json", (json) => ({ "model.json": json }), ["import", "model.json"]],
  [
    "its topology",
    (json) => ({ "model.json": `{"modelTopology":${json},"weightsManifest":[]}` }),
    ["import", "model.json"],
  ],
  [
    "a safetensors header",
    (json) => ({ "m.layers": weights, "w.safetensors": safetensorsFile(`{"a":${json}}`) }),
    ["check", "m.layers"],
  ],
  [
    "cases",
    (json) => ({ "m.layers": weights, "c.json": `{"inputs":${json}}` }),
    ["verify", "m.layers", "--against", "c.json"],
  ],
  [
    "a config",
    (json) => ({ "m.layers": "model M { input [2] Dense(1) }", "layerc.config.json": json }),
    ["check", "m.layers"],
  ],
  [
    "package.json",
    (json) => ({ "m.layers": "model M { input [2] Dense(1) }", "package.json": `{"type":${json}}` }),
    ["build", "m.layers"],
  ],
  ["tsconfig.json", (json) => ({ "package.json": "{}", "tsconfig.json": `{"compilerOptions":${json}}` }), ["init"]],
];

test.each(places)("%s that nests deeply is a diagnostic, or nothing that matters", async (name, files, argv) => {
  for (const levels of [40, 400, 6000, 200_000]) {
    for (const json of [lists(levels), objects(levels), wrapped(levels), "[".repeat(levels)]) {
      const sandbox = makeSandbox(files(json));
      const { exitCode, stderr } = await layerc(sandbox, ...argv);
      expect(exitCode, `${name} ${levels} ${json.slice(0, 20)}\n${stderr.slice(0, 2000)}`).toBeLessThan(3);
      expect(stderr.length).toBeLessThan(5000);
    }
  }
});
