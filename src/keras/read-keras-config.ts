import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import { maxDepth, maxEntries } from "../files/limits.ts";
import { fail } from "../files/read-failure.ts";
import { shorten } from "../files/shorten.ts";
import { findLayer } from "../layers/index.ts";
import { toSnakeCase } from "../layers/snake-case.ts";
import { followShapes } from "./followed-shapes.ts";
import { isForeign } from "./is-foreign.ts";
import { isInput, joining, outputsOf, sourcesOf, type KerasConfig } from "./keras-config.ts";
import { isOperation, problemOfLayer, readOperation } from "./operations/index.ts";
import { inTodaysWords, type Producer } from "./producers.ts";
import { isTfCall, readTfCall } from "./tf-calls/index.ts";

/**
 * Reads what `model.to_json()` gives: Keras 3 and 2, and Keras 1's bare list of layers. Words that mean something else in
 * what the file was written for are those of Keras 3 then.
 */
export function readKerasConfig(value: JsonValue, producer: Producer = "keras-3"): KerasConfig {
  const root = readNode(inTodaysWords(value, producer), 0, { left: maxEntries });
  if (root.layers === undefined) {
    if (findLayer(root.className) !== undefined || isInput(root)) {
      return fail("unsupported", `its configuration lists no layers; its class is ${root.className}`);
    }
    return fail(
      "unsupported",
      `its class is ${shorten(root.className, 60)}, whose layers only its author's code names, not the file: ` +
        "write the model yourself with its weights in a weights clause, or save it as keras.Sequential",
    );
  }
  return withTraining(root, isObject(value) ? ownValue(value, "compile_config") : undefined);
}

/** A model with what it was compiled with, where another part of the file has that. */
export function withTraining(root: KerasConfig, json: JsonValue | undefined): KerasConfig {
  return isObject(json) && Object.keys(json).length > 0 ? { ...root, training: json } : root;
}

/** Keras' own classes of models, which are the chain or graph of their layers; `Container` and `Model` are of older versions. */
const modelClasses: ReadonlySet<string> = new Set(["Sequential", "Functional", "Model", "Container"]);

function readNode(value: JsonValue | undefined, depth: number, budget: { left: number }): KerasConfig {
  if (depth > maxDepth) fail("too-large", `its models nest deeper than ${maxDepth}`);
  if (budget.left-- <= 0) fail("too-large", `its configuration has more than ${maxEntries} layers`);
  if (!isObject(value)) return fail("damaged", "its configuration has a layer that is not an object");
  const className = ownString(value, "class_name");
  if (className === undefined) return fail("damaged", "its configuration has a layer without a class_name");
  const inner = ownValue(value, "config");
  const config = isObject(inner) ? inner : {};
  const name = ownString(config, "name") ?? ownString(value, "name") ?? "";
  const list = Array.isArray(inner) ? (inner as readonly JsonValue[]) : ownValue(config, "layers");
  const base = { className, name, config, node: value };
  if (isOperation(value)) {
    const operation = readOperation(value);
    const called = { ...base, className: `keras.ops.${toSnakeCase(className)}`, branched: false };
    return operation === undefined ? called : { ...called, operation };
  }
  if (className === "TimeDistributed") {
    const wrapped = ownValue(config, "layer");
    const inner = isObject(wrapped) ? readNode(wrapped, depth + 1, budget) : undefined;
    if (inner?.layers !== undefined) return { ...inner, ...base, layers: stepwise(inner.layers, depth + 1, budget) };
  }
  if (!Array.isArray(list)) {
    const problem = isForeign(value) ? undefined : problemOfLayer(className, config, rankOfInput(value));
    return { ...base, ...(problem === undefined ? {} : { operation: problem }), branched: false };
  }
  const items = list as readonly JsonValue[];
  const layers = items.some(isTfCall)
    ? readWithTfCalls(items, depth + 1, budget)
    : items.map((item) => readNode(item, depth + 1, budget));
  const authored = isForeign(value) || !modelClasses.has(className);
  const inSequence = className === "Sequential" || (authored && layers.every((layer) => sourcesOf(layer).length === 0));
  const branch = inSequence ? undefined : findBranch(layers, config);
  const own = authored ? ({ authored } as const) : {};
  return { ...base, ...own, layers, branched: branch !== undefined, ...(branch === undefined ? {} : { branch }) };
}

/** The layers of a functional model of Keras 2 with calls of TensorFlow's functions, whose shapes the file does not have. */
function readWithTfCalls(items: readonly JsonValue[], depth: number, budget: { left: number }): readonly KerasConfig[] {
  const shapes = followShapes();
  return items.map((item) => {
    const layer = readNode(item, depth, budget);
    const read = isTfCall(item) ? { ...layer, ...readTfCall(item, shapes.of) } : layer;
    shapes.add(read);
    return read;
  });
}

/** The layers of a model that is applied at each step, each applied so by itself: that is the same. */
function stepwise(layers: readonly KerasConfig[], depth: number, budget: { left: number }): readonly KerasConfig[] {
  return layers
    .filter((layer) => !isInput(layer))
    .map(({ name, node, className, storedAs = className }) => {
      const wrapper = { class_name: "TimeDistributed", config: { name, layer: node } };
      return { ...readNode(wrapper, depth, budget), storedAs };
    });
}

/** How many axes the input has that a layer was built for, that of the batch among them. */
function rankOfInput(node: JsonObject): number | undefined {
  const built = ownValue(node, "build_config");
  const shape = isObject(built) ? ownValue(built, "input_shape") : undefined;
  return Array.isArray(shape) ? shape.length : undefined;
}

/** Where a functional model is anything but a chain: each layer reads exactly the one before it, once; the last is the output. */
function findBranch(layers: readonly KerasConfig[], config: JsonObject): string | undefined {
  const outputs = outputsOf({ config });
  if (outputs.length > 1) return `it has ${outputs.length} outputs${namesOf(outputs)}`;
  for (const [index, layer] of layers.entries()) {
    const sources = sourcesOf(layer);
    const { name } = layer;
    const before = layers[index - 1]?.name;
    if (before === undefined) {
      if (sources.length > 0) return `its first layer '${name}' reads another`;
    } else if (sources.length !== 1) {
      return sources.length === 0 ? `'${name}' is a second input` : joining(layer);
    } else if (sources[0] !== before) return `'${name}' reads '${sources[0]}', not '${before}' before it`;
  }
  const last = layers.at(-1)?.name;
  return outputs.length === 1 && outputs[0] !== last ? `its output is '${outputs[0]}', not its last layer` : undefined;
}

/** A few names in parentheses. */
function namesOf(names: readonly string[]): string {
  return names.length > 8 || names.includes("") ? "" : ` (${names.join(", ")})`;
}
