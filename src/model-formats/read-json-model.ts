import { parseJson } from "../files/json.ts";
import { fail } from "../files/read-failure.ts";
import type { Host } from "../load/host.ts";
import type { ImportChoice, ReadModel } from "./model-format.ts";
import { partUpTo } from "./part-up-to.ts";
import { withMl5 } from "./ml5.ts";
import { architectureOf, readArchitecture } from "./read-architecture.ts";
import { readsBeside } from "./read-beside.ts";
import { readTfjs } from "./read-tfjs.ts";
import { isGraphModel, readGraphModel } from "./tfjs-graph/read-graph-model.ts";

/** Reads a model that is JSON: that of TensorFlow.js, or an architecture of Keras. */
export async function readJsonModel(
  bytes: Uint8Array,
  path: string,
  host: Host,
  choice: ImportChoice,
): Promise<ReadModel> {
  const json = parseJson(bytes, "model.json");
  const architecture = architectureOf(json);
  if (architecture !== undefined) return readArchitecture(architecture, path, host, choice);
  if (choice.weights !== undefined) {
    fail("unsupported", "it names its files of weights itself: --weights is for an architecture alone (to_json)");
  }
  if (isGraphModel(json)) return { format: "imported", ...(await readGraphModel(json, path, host, choice.output)) };
  const root = partUpTo(await readTfjs(json, path, host), choice.output);
  return withMl5({ format: "imported", root }, readsBeside(path, host), choice);
}
