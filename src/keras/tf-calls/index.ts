import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";
import { problem, type OperationMeaning } from "../operations/operation.ts";
import { readOperation } from "../operations/index.ts";
import { functionOf, functions, tensorflowNames } from "./functions.ts";
import { isTensorName, readInbound, tensorsIn } from "./inbound.ts";

/** The shape of a tensor, the batch axis first; null is known only at run time. */
type Axes = readonly (number | null)[];

/** A function of TensorFlow that a layer of Keras 2 stands for. */
export interface TfCall {
  /** `tf.math.add` */
  readonly className: string;
  /** With the tensors that it reads as Keras 3 writes them. */
  readonly node: JsonObject;
  readonly operation?: OperationMeaning;
}

/** Whether a node is a call of a function of TensorFlow, which Keras 2.4 and later made a layer of. */
export function isTfCall(value: JsonValue): value is JsonObject {
  return isObject(value) && /^(?:TFOpLambda|SlicingOpLambda)$/.test(ownString(value, "class_name") ?? "");
}

/** Reads such a call as the call of `keras.ops` that is the same; `shapeOf` has the shapes of layers before it, where known. */
export function readTfCall(node: JsonObject, shapeOf: (layer: string) => Axes | undefined): TfCall {
  const found = ownValue(node, "config");
  const name = functionOf(isObject(found) ? found : {});
  const call = readInbound(node);
  const tensors = call?.tensors ?? tensorsIn(ownValue(node, "inbound_nodes") ?? null);
  const className = `tf.${name}`;
  const reads = (args: readonly JsonValue[]): JsonObject => ({ ...node, inbound_nodes: [{ args, kwargs: {} }] });
  const asTensor = ([layer, at, tensor]: readonly JsonValue[]): JsonValue => ({
    class_name: "__keras_tensor__",
    config: { shape: shapeOf(layer as string) ?? [], keras_history: [layer as string, at as number, tensor as number] },
  });
  const plain: TfCall = { className, node: reads(tensors.map(asTensor)) };
  const definition = functions.get(name);
  const [first, ...others] = definition?.parameters ?? [];
  if (call === undefined || definition === undefined || first === undefined) return plain;
  // One that is not known changes the function in a way that is not known.
  if ([...call.named].some(([key, value]) => value !== null && !others.includes(key))) return plain;
  const given = new Map([[first, call.first], ...call.named]);
  const operation = definition.operation(given);
  if (operation === undefined || call.tensors.length !== 1) return plain;
  const args = operation.args.map((key) => given.get(key) ?? null);
  if (!args.some(isTensorName)) return plain;
  const called = reads(args.map((value) => (isTensorName(value) ? asTensor(value) : value)));
  const known = shapeOf(call.tensors[0]?.[0] ?? "") !== undefined || args.length > 1;
  const meaning = known
    ? readOperation({ ...called, class_name: operation.className, config: operation.config })
    : unknownShape();
  return meaning === undefined
    ? { className, node: called }
    : { className, node: called, operation: inTfWords(meaning) };
}

function unknownShape(): OperationMeaning {
  return problem(
    "shape",
    null,
    "the shape of what it reads is not known: mend what is wrong with the layers before it",
  );
}

/** An argument in the way by TensorFlow's name. */
function inTfWords(meaning: OperationMeaning): OperationMeaning {
  if (meaning.kind !== "problem") return meaning;
  const { argument } = meaning;
  return {
    ...meaning,
    argument: Object.hasOwn(tensorflowNames, argument) ? (tensorflowNames[argument] as string) : argument,
  };
}
