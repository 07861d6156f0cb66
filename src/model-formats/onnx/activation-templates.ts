import { activations } from "../../activations/index.ts";
import type { ActivationArguments, ElementwiseActivation } from "../../activations/definition.ts";
import { createGraphWriter, type NodeWriter } from "../../exporters/onnx/graph-writer.ts";
import { knownFunctionNodes } from "../../exporters/onnx/known-functions.ts";
import { scalarNodes } from "../../exporters/onnx/scalar-nodes.ts";
import { applied as op, nodeExpression, numberExpression, start, type Expression } from "./expression.ts";

/** An activation as it may stand in an ONNX file. */
export interface ActivationTemplate {
  /** Keras' name. */
  readonly activation: string;
  /** The numbers of the expression: given ones, or parameters of the activation. */
  readonly numbers: readonly (number | { readonly parameter: string })[];
  /** Arguments that the form of the expression implies. */
  readonly fixed: ActivationArguments;
  /** The expression for given arguments, where other numbers depend on parameters. */
  readonly instantiate?: (args: ActivationArguments) => Expression | undefined;
}

/** Stand for parameters while a template is made; nothing computes with them otherwise. */
const markers = [0.734_512_984_301, 0.291_837_465_019, 0.562_748_190_327];

let cached: ReadonlyMap<string, readonly ActivationTemplate[]> | undefined;

/**
 * The templates of a key: every activation as layerc exports it and as it is defined, and forms that other tools write. So
 * an activation that is new in `activations/` is known here, too.
 */
export function activationTemplates(key: string): readonly ActivationTemplate[] {
  cached ??= makeTemplates();
  return cached.get(key) ?? [];
}

function makeTemplates(): ReadonlyMap<string, readonly ActivationTemplate[]> {
  const templates = new Map<string, ActivationTemplate[]>();
  const add = (
    expression: Expression | undefined,
    parameters: readonly string[],
    template: Omit<ActivationTemplate, "numbers">,
  ): void => {
    // Nothing at all is no activation.
    if (expression === undefined || expression.key === start.key) return;
    const numbers = expression.numbers.map((value) => {
      const parameter = parameters[markers.findIndex((marker) => Math.fround(marker) === Math.fround(value))];
      return parameter === undefined ? value : { parameter };
    });
    const found = templates.get(expression.key);
    if (found === undefined) templates.set(expression.key, [{ ...template, numbers }]);
    else found.push({ ...template, numbers });
  };
  for (const definition of activations) {
    if (definition.kind !== "elementwise" || definition.name === "linear") continue;
    for (const form of [exportedForm, definedForm]) {
      const instantiate = (args: ActivationArguments): Expression | undefined => form(definition, args);
      for (const { args, marked, fixed } of argumentChoices(definition)) {
        add(instantiate(args), marked, { activation: definition.name, fixed, instantiate });
      }
    }
  }
  for (const [activation, fixed, expression] of foreignForms()) add(expression, ["threshold"], { activation, fixed });
  for (const [activation, form] of [
    ["hard_shrink", hardShrink],
    ["soft_shrink", softShrink],
  ] as const) {
    const instantiate = ({ threshold }: ActivationArguments): Expression | undefined => form(Number(threshold));
    add(form(markers[0] as number), ["threshold"], { activation, fixed: {}, instantiate });
  }
  return templates;
}

/** An activation as layerc exports it. */
function exportedForm(definition: ElementwiseActivation, args: ActivationArguments): Expression | undefined {
  const scalarFunction = { name: definition.name, formula: "", body: definition.body(args) };
  return expressionOf((writer) => knownFunctionNodes(scalarFunction, "x", writer) ?? "x");
}

/** An activation step by step. */
function definedForm(definition: ElementwiseActivation, args: ActivationArguments): Expression | undefined {
  return expressionOf((writer) => scalarNodes(definition.body(args), new Map([["x", "x"]]), writer));
}

/** An activation with its defaults, and with every choice of parameters that may have any value. */
function argumentChoices(definition: ElementwiseActivation): readonly {
  readonly args: ActivationArguments;
  readonly marked: readonly string[];
  readonly fixed: ActivationArguments;
}[] {
  let choices: { args: ActivationArguments; marked: readonly string[]; fixed: ActivationArguments }[] = [
    { args: {}, marked: [], fixed: {} },
  ];
  for (const parameter of definition.parameters) {
    const { name, type, default: preset = null } = parameter;
    choices = choices.flatMap(({ args, marked, fixed }) => {
      const values: readonly (number | boolean | null)[] =
        type === "boolean" ? [false, true] : preset === null ? [] : [preset];
      const set = [...values, ...(parameter.optional === true ? [null] : [])].filter(
        (value, at, all) => all.indexOf(value) === at,
      );
      const given = set.map((value) => ({
        args: { ...args, [name]: value },
        marked,
        fixed: { ...fixed, [name]: value },
      }));
      if (type === "boolean") return given;
      const marker = markers[marked.length] as number;
      return [...given, { args: { ...args, [name]: marker }, marked: [...marked, name], fixed }];
    });
  }
  return choices;
}

/** The expression of nodes over `x`. */
function expressionOf(write: (writer: NodeWriter) => string): Expression | undefined {
  const writer = createGraphWriter(new Map());
  const { nodes, initializers } = writer.finish(write(writer.forLayer([])), "result");
  const known = new Map<string, Expression>([["x", start]]);
  for (const { name, data } of initializers) known.set(name, numberExpression(Number(data[0])));
  for (const { operator, inputs, outputs, attributes } of nodes) {
    const expression = nodeExpression(
      operator,
      inputs.map((input) => known.get(input)),
      (name) => {
        const attribute = attributes[name];
        return attribute?.kind === "float" ? attribute.value : undefined;
      },
    );
    if (expression === undefined) return undefined;
    known.set(outputs[0] as string, expression);
  }
  return known.get("result");
}

/** Hardshrink as PyTorch writes it: by two comparisons. */
function hardShrink(threshold: number): Expression | undefined {
  const above = op("Greater")(start, numberExpression(threshold));
  const below = op("Less")(start, numberExpression(-threshold));
  return op("Where")(op("Or")(above, below), start, numberExpression(0));
}

/** Softshrink as PyTorch writes it, as a sum of which one part is 0; PyTorch has no negative thresholds. */
function softShrink(threshold: number): Expression | undefined {
  const [high, low, zero] = [threshold, -threshold, 0].map(numberExpression);
  const where = op("Where");
  const above = where(op("Greater")(start, high), op("Sub")(start, high), zero);
  const below = where(op("Less")(start, low), op("Add")(start, high), zero);
  return threshold < 0 ? start : op("Add")(above, below);
}

/** Forms of activations that PyTorch, tf2onnx and newer operator sets write. */
function foreignForms(): readonly (readonly [string, ActivationArguments, Expression | undefined])[] {
  const x = start;
  const n = numberExpression;
  const [add, mul, div, pow] = [op("Add"), op("Mul"), op("Div"), op("Pow")];
  const marker = markers[0] as number;
  const erf = [op("Erf")(div(x, n(Math.SQRT2))), op("Erf")(mul(x, n(Math.SQRT1_2)))];
  const phi = erf.map((value) => add(value, n(1)));
  const cubes = [pow(x, n(3)), mul(mul(x, x), x), mul(x, mul(x, x))];
  const inner = cubes.flatMap((cube) => [
    mul(add(x, mul(cube, n(0.044715))), n(Math.sqrt(2 / Math.PI))),
    mul(mul(x, add(n(1), mul(n(0.044715), mul(x, x)))), n(Math.sqrt(2 / Math.PI))),
  ]);
  const tanhPhi = inner.map((value) => add(op("Tanh")(value), n(1)));
  const halves = (value: Expression | undefined) => [
    mul(mul(x, value), n(0.5)),
    mul(mul(x, n(0.5)), value),
    mul(x, mul(value, n(0.5))),
  ];
  return [
    ...phi.flatMap(halves).map((form) => ["gelu", { approximate: false }, form] as const),
    ...tanhPhi.flatMap(halves).map((form) => ["gelu", { approximate: true }, form] as const),
    ["gelu", { approximate: false }, op("Gelu")(x)],
    ["gelu", { approximate: true }, op("GeluTanh")(x)],
    ["mish", {}, op("Mish")(x)],
    ["silu", {}, op("Swish", { alpha: 1 })(x)],
    ["hard_silu", {}, op("HardSwish")(x)],
    ["hard_silu", {}, mul(x, op("HardSigmoid", { alpha: 1 / 6, beta: 0.5 })(x))],
    ["hard_silu", {}, div(mul(x, op("Clip")(add(x, n(3)), n(0), n(6))), n(6))],
    ["hard_silu", {}, mul(x, div(op("Clip")(add(x, n(3)), n(0), n(6)), n(6)))],
    ["log_sigmoid", {}, op("Log")(op("Sigmoid")(x))],
    ["tanh_shrink", {}, op("Sub")(x, op("Tanh")(x))],
    ["threshold", { default_value: 0 }, op("ThresholdedRelu", { alpha: marker })(x)],
    ["hard_shrink", {}, op("Shrink", { bias: 0, lambd: marker })(x)],
    ["soft_shrink", {}, op("Shrink", { bias: marker, lambd: marker })(x)],
  ];
}
