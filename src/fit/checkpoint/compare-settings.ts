import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Settings } from "./checkpoint.ts";

/** A setting that a run and its checkpoint do not have in common. */
interface Difference {
  readonly name: string;
  readonly now: Settings[string];
  readonly then: Settings[string];
}

export const checkpointDiffers = defineDiagnostic<{ path: string; differences: readonly Difference[] }>(
  "checkpoint-differs",
  "error",
  "A training is to go on from the checkpoint of another one.",
  ({ path, differences }) => ({
    message: `'${path}' is the checkpoint of another training: ${differences
      .map(({ name, now, then }) => `${name} is ${described(now)}, there ${described(then)}`)
      .join("; ")}`,
    help: "give the same options and files as then, or leave --resume out to begin anew",
  }),
  () => ({
    meaning:
      "A training that goes on gives the same bits as one that was never stopped. So what they depend on has to be the same: model, data, validation, batch size, seed, order, class weights, target.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --batch-size 16 --resume",
      arguments: {
        path: "iris.checkpoint.safetensors",
        differences: [{ name: "--batch-size", now: 16, then: 32 }],
      },
      mended: "layerc train iris.layers --data iris.csv --batch-size 32 --resume",
    },
  }),
);

/** What a run and a checkpoint differ in, if anything. */
export function compareSettings(now: Settings, then: Settings, path: string): Diagnostic | undefined {
  const names = [...new Set([...Object.keys(now), ...Object.keys(then)])];
  const differences = names
    .map((name) => ({ name, now: now[name] ?? null, then: then[name] ?? null }))
    .filter((item) => !Object.is(item.now, item.then));
  return differences.length === 0 ? undefined : checkpointDiffers(undefined, { path, differences });
}

function described(value: Settings[string]): string {
  return value === null ? "not given" : String(value);
}
