import { ownValue, type JsonObject } from "../../files/json.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { layers, wrongAxis, type OperationCall, type OperationMeaning, type OperationReader } from "./operation.ts";

/** Operations that are activations under the same name in snake case, with the same arguments. */
const sameName = [
  "Relu",
  "Relu6",
  "Sigmoid",
  "SparseSigmoid",
  "Softplus",
  "Softsign",
  "SoftShrink",
  "SparsePlus",
  "Silu",
  "Squareplus",
  "LogSigmoid",
  "LeakyRelu",
  "HardSigmoid",
  "HardSilu",
  "Elu",
  "Selu",
  "Gelu",
  "Celu",
  "TanhShrink",
  "HardTanh",
  "HardShrink",
  "Threshold",
  "Tanh",
];

/** Those that go along an axis. */
const alongAxis = ["LogSoftmax", "Sparsemax", "Glu"];

export const activations: Readonly<Record<string, OperationReader>> = {
  ...Object.fromEntries(sameName.map((name) => [name, activation] as const)),
  ...Object.fromEntries(
    alongAxis.map((name) => [name, (call: OperationCall) => axisProblem(call) ?? activation(call)]),
  ),
  Softmax: (call) => axisProblem(call) ?? layers(["Softmax", argumentsOf(call)]),
  Exp: () => layers(["Activation", { activation: "exponential" }]),
};

function activation(call: OperationCall): ReturnType<typeof layers> {
  const config = argumentsOf(call);
  return layers(["Activation", { activation: { class_name: toSnakeCase(call.className), config } }]);
}

function argumentsOf({ config }: OperationCall): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== "name"));
}

function axisProblem({ config, shape }: OperationCall): OperationMeaning | undefined {
  return wrongAxis(ownValue(config, "axis") ?? null, shape.length);
}
