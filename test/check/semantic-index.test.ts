import { describe, expect, test } from "vitest";
import { argumentAt, argumentsOf, parametersOf } from "../../src/check/semantics/arguments-of.ts";
import type { CheckedStep } from "../../src/check/semantics/checked-step.ts";
import { definitionAt, occurrencesOf } from "../../src/check/semantics/definition-at.ts";
import { modelAt, stepsAt, stepsOf } from "../../src/check/semantics/steps-at.ts";
import { formatShape } from "../../src/ir/shape.ts";
import { checkText } from "./check-text.ts";
import { readMarks } from "./marked-text.ts";

const path = "main.layers";

describe("a name", () => {
  test.each([
    [
      "let",
      `let «w» = 3 let b = -«w» * 2 + floor(«w» / 2) model M { input [«w»] Dense((«w»), bias_regularizer=l2(«w»)) }`,
    ],
    [
      "let in an assertion, a count and labels",
      `let «w» = "a" model M { input [3] repeat «w» { D(3) -> [«w»] } labels [«w»] }`,
    ],
    ["let in a list", `let «w» = 3 let list = [«w», [«w»]] model M { input [9] Reshape([«w», ((«w»))]) }`],
    ["let with a cycle", `let «a» = b let b = «a» + 1`],
    ["dim", `dim «time» model M { input [«time», 3] Dense(3) -> [«time», 3] }`],
    ["block", `block «B»(u) { Dense(u) } block C() { «B»(3) } model M { input [3] «B»(u=2) repeat 2 { «B»(4) } }`],
    ["block that uses itself", `block «B»() { «B»() }`],
    ["block used wrongly", `block «B»() { Dense(3) } let x = «B» let y = «B»(3) model M { input [3] «B» x: «B»() }`],
    ["model", `model «M» { input [3] Dense(3) } model N { input [3] «M» label: «M» -> [3] «M»() }`],
    [
      "parameter",
      `block B(«u», v=«u»*2) { Dense(«u») repeat «u» { Dense(v) -> [«u»] } } model M { input [3] B(«u»=4) u: Dense(1) }`,
    ],
    ["parameter that hides a let", `let u = 3 block B(«u») { Dense(«u», u) } let v = u`.replace(", u)", ", «u»)")],
    ["let hidden by a parameter", `let «u» = 3 block B(v=«u», u=1) { Dense(u) } let v = «u»`],
    ["parameter used as a layer", `block B(«L») { «L»(3) } model M { input [3] B(3) }`],
    ["label", `model M { input [3] «hidden»: Dense(3) hidden: Dense(4) }`],
    ["label in quotes", `block B() { repeat 2 { «"dense-1"»: Dense(3) } }`],
    ["import that can't be read", `import { «B», c } from "./gone.layers" model M { input [3] «B»(c) Dense(«B») }`],
    ["import that names nothing", `import { «Gone» } from "./lib.layers" model M { input [3] «Gone»(3) }`],
    ["name declared twice", `let «a» = 1 let b = «a» let a = 2`],
    ["second one of that name", `let a = 1 let b = a let «a» = 2`],
    ["name that hides something built in", `let «relu» = 1 model M { input [3] Dense(3, activation=«relu») }`],
    [
      "name between syntax errors",
      `let «w» = ] 3 model M { input [«w», ] Dense(w -> } model N { input [«w»] Dense(units=) Dense(«w», 3 4) `,
    ],
  ])("%s", async (_what, marked) => {
    const { text, ranges } = readMarks(marked);
    const { index } = await checkText(text, { "lib.layers": "let x = 1" });
    for (const { start, end } of ranges) {
      for (const offset of [start, end - 1, end]) {
        const definition = definitionAt(index, path, offset);
        const found = definition === undefined ? [] : occurrencesOf(definition);
        expect(
          found.map((span) => ({ start: span.start, end: span.end })).toSorted((a, b) => a.start - b.start),
        ).toEqual(ranges);
      }
    }
    expect(definitionAt(index, path, ranges[0]?.start ?? 0)?.span).toMatchObject(ranges[0] ?? {});
  });

  test("an imported one is defined in the other file, and used in both", async () => {
    const lib = "let width = 8\nblock Hidden(units=width) { Dense(units) }";
    const text = `import { Hidden, width } from "./lib.layers"\nmodel M { input [width] Hidden(units=width) }`;
    const { index, texts } = await checkText(text, { "lib.layers": lib });
    const places = (offset: number, file = path): readonly string[] => {
      const definition = definitionAt(index, file, offset);
      if (definition === undefined) return [];
      const uses = definition.uses.map(({ role, span }) => `${role} ${span.file}:${span.start}`);
      expect(
        new Set(occurrencesOf(definition).map((span) => texts.get(span.file)?.slice(span.start, span.end))),
      ).toEqual(new Set([definition.name]));
      return [`${definition.kind} ${definition.span.file}:${definition.span.start}`, ...uses];
    };
    const width = [
      "let lib.layers:4",
      "import main.layers:17",
      "value lib.layers:33",
      "value main.layers:62",
      "value main.layers:82",
    ];
    expect(places(text.indexOf("width]"))).toEqual(width);
    expect(places(lib.indexOf("width)"), "lib.layers")).toEqual(width);
    expect(places(text.indexOf("Hidden(u"))).toEqual([
      "block lib.layers:20",
      "import main.layers:9",
      "statement main.layers:69",
    ]);
    expect(places(text.indexOf("units"))).toEqual([
      "parameter lib.layers:27",
      "value lib.layers:48",
      "argument main.layers:76",
    ]);
  });

  test("tells its declaration, and what a let is worth", async () => {
    const text = `/// Wide.\nlet width = 2 * 4\nblock B(units) { Dense(units) }\nmodel M { input [wrong] out: Dense(width) }`;
    const { index } = await checkText(text);
    const at = (place: string) => definitionAt(index, path, text.indexOf(place));
    const width = at("width)");
    expect(width).toMatchObject({ kind: "let", node: { doc: "Wide." } });
    expect(width?.kind === "let" && width.node.kind === "let" && index.values.get(width.node)).toMatchObject({
      value: 8,
    });
    expect(at("units)")).toMatchObject({ kind: "parameter", block: { name: { text: "B" } } });
    expect(at("out:")).toMatchObject({ kind: "label", node: { kind: "layer" }, owner: { name: { text: "M" } } });
    for (const nothing of ["wrong", "Dense", "let", "= 2"]) expect(at(nothing)).toBeUndefined();
  });
});

/** The steps of a model, a line each: the statement, what arrives, what leaves. `?` stands for what an error hides. */
function flow(text: string, steps: readonly CheckedStep[] = []): readonly string[] {
  const shape = (step: CheckedStep, side: "inputShape" | "outputShape"): string => {
    const known = step[side];
    return known === undefined ? "?" : formatShape(known);
  };
  return steps.map((step) => {
    const { span } = step.statement;
    const name = "name" in step && step.name !== undefined ? `${step.name} = ` : "";
    const written = text.slice(span.start, span.end).replace(/\s*\{[^]*/, "");
    return `${name}${written}: ${shape(step, "inputShape")} to ${shape(step, "outputShape")}${step.isLikely ? ", likely" : ""}`;
  });
}

describe("the steps of a model", () => {
  test("have the shapes of every expansion", async () => {
    const text = `
      block B(units, rate=0.1) { Dense(units) Dropout(rate) }
      model Inner { input [3] Dense(5) }
      model M { input [4] repeat 2 { B(6) B(units=7) } Dense(3) -> [3] inner: Inner }`;
    const { index, diagnostics } = await checkText(text);
    expect(diagnostics).toEqual([]);
    expect(flow(text, index.models[1]?.steps)).toEqual([
      "repeat 2: [4] to [7]",
      "B(6): [4] to [6]",
      "dense = Dense(units): [4] to [6]",
      "dropout = Dropout(rate): [6] to [6]",
      "B(units=7): [6] to [7]",
      "dense_1 = Dense(units): [6] to [7]",
      "dropout_1 = Dropout(rate): [7] to [7]",
      "B(6): [7] to [6]",
      "dense_2 = Dense(units): [7] to [6]",
      "dropout_2 = Dropout(rate): [6] to [6]",
      "B(units=7): [6] to [7]",
      "dense_3 = Dense(units): [6] to [7]",
      "dropout_3 = Dropout(rate): [7] to [7]",
      "dense_4 = Dense(3) -> [3]: [7] to [3]",
      "inner = inner: Inner: [3] to [5]",
    ]);
    const [block] = index.bodies;
    expect(flow(text, block?.steps)).toEqual(["Dense(units): ? to ?", "Dropout(rate): ? to ?"]);
    const dense = stepsAt(index, path, text.indexOf("Dense(units)"));
    expect(dense.map(({ trace }) => trace && text.slice(trace.span.start, trace.span.end))).toEqual([
      "B(6)",
      "B(units=7)",
      "B(6)",
      "B(units=7)",
      undefined,
    ]);
    expect(dense).toEqual(stepsOf(index, (dense[0] as CheckedStep).statement));
    expect(stepsAt(index, path, text.indexOf("repeat")).map(({ kind }) => kind)).toEqual(["repeat"]);
    expect(stepsAt(index, path, text.indexOf("input"))).toEqual([]);
  });

  test.each([
    [
      "a wrong layer",
      "input [4] Dense(3) Dense(-1) Dropout(0.5) Dense(2)",
      [
        "dense = Dense(3): [4] to [3]",
        "dense_1 = Dense(-1): [3] to ?",
        "dropout = Dropout(0.5): ? to ?",
        "dense_2 = Dense(2): ? to ?",
      ],
    ],
    [
      "a wrong argument that has a default",
      "input [4] Dense(3, activation=rellu) Dense(2)",
      ["dense = Dense(3, activation=rellu): [4] to [3]", "dense_1 = Dense(2): [3] to [2]"],
    ],
    [
      "a wrong layer that keeps its shape",
      "input [4] Dropout(7) Dropout() Dense(2)",
      ["dropout = Dropout(7): [4] to [4]", "dropout_1 = Dropout(): [4] to [4]", "dense = Dense(2): [4] to [2]"],
    ],
    [
      "a layer with a syntax error that keeps its shape",
      "input [4] Dropout(0.5 + ) Dense(2) Dropout(rate) Dense(3)",
      [
        "Dropout(0.5 + ): [4] to [4], likely",
        "dense = Dense(2): [4] to [2], likely",
        "dropout = Dropout(rate): [2] to [2], likely",
        "dense_1 = Dense(3): [2] to [3], likely",
      ],
    ],
    [
      "an unknown layer, until a shape is asserted",
      "input [4] Thick(3) Dropout(0.1) Dense(5) -> [5] Dense(6)",
      [
        "Thick(3): [4] to ?",
        "dropout = Dropout(0.1): ? to ?",
        "dense = Dense(5) -> [5]: ? to ?",
        "dense_1 = Dense(6): [5] to [6], likely",
      ],
    ],
    [
      "no parentheses",
      "input [4] Dense(3) Dropout Dense",
      ["dense = Dense(3): [4] to [3]", "Dropout: [3] to [3], likely", "Dense: [3] to ?, likely"],
    ],
    [
      "a nested model that does not fit",
      "input [4] Inner Dense(2)",
      ["inner = Inner: [4] to [5]", "dense = Dense(2): [5] to [2]"],
    ],
    [
      "a nested model behind something unknown",
      "input [4] Dense(oops) Inner Dense(2)",
      ["dense = Dense(oops): [4] to ?", "inner = Inner: ? to [5]", "dense_1 = Dense(2): [5] to [2]"],
    ],
    [
      "no input",
      "Dense(3) -> [3] Dense(2)",
      ["dense = Dense(3) -> [3]: ? to ?", "dense_1 = Dense(2): [3] to [2], likely"],
    ],
    [
      "a count that is unknown",
      "input [4] Dense(3) repeat oops { Dense(2) } Dense(1)",
      [
        "dense = Dense(3): [4] to [3]",
        "repeat oops: [3] to ?",
        "dense_1 = Dense(2): [3] to [2]",
        "dense_2 = Dense(1): ? to ?",
      ],
    ],
    [
      "a shape that does not fit",
      "input [4] Dense(3) Reshape([2, 2]) Flatten() Dense(1)",
      [
        "dense = Dense(3): [4] to [3]",
        "reshape = Reshape([2, 2]): [3] to ?",
        "flatten = Flatten(): ? to ?",
        "dense_1 = Dense(1): ? to ?",
      ],
    ],
    [
      "an assertion that does not hold",
      "input [4] Dense(3) -> [2] Dense(1)",
      ["dense = Dense(3) -> [2]: [4] to [3]", "dense_1 = Dense(1): [3] to [1]"],
    ],
    [
      "a block that uses itself",
      "input [4] Dense(3) Loop() Dense(1)",
      ["dense = Dense(3): [4] to [3]", "Loop(): [3] to ?", "dense_1 = Dense(1): ? to ?"],
    ],
    [
      "a brace that is missing",
      "input [4] Dense(3) repeat 2 { Dense(4)",
      [
        "dense = Dense(3): [4] to [3]",
        "repeat 2: [3] to ?",
        "dense_1 = Dense(4): [3] to [4]",
        "dense_2 = Dense(4): ? to ?",
      ],
    ],
  ])("are known before and behind %s", async (_what, body, expected) => {
    const lead = "block Loop() { Loop() } model Inner { input [9] Dense(5) } ";
    const text = `${lead}model M { ${body} }`;
    const { index, models, diagnostics } = await checkText(text);
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(models.map(({ name }) => name)).toEqual(["Inner"]);
    expect(flow(text, index.models[1]?.steps)).toEqual(expected);
  });

  test("a repeat that never runs keeps its statements, without shapes", async () => {
    const text = "model M { input [4] Dense(1) repeat 0 { Dense(units=2) } }";
    const { index } = await checkText(text);
    expect(stepsAt(index, path, text.indexOf("units")).flatMap((step) => argumentsOf(step))).toMatchObject([
      { parameter: "units", checked: 2 },
    ]);
  });
});

describe("the arguments of a layer", () => {
  /** Each written argument as `parameter: text = value`. */
  async function read(statement: string): Promise<readonly string[]> {
    const text = `let w = 8 block B(units, rate=0.1) { Dense(units) } model M { input [4] ${statement} }`;
    const { index } = await checkText(text);
    const [step] = stepsAt(index, path, text.indexOf(statement));
    return argumentsOf(step as CheckedStep).map(({ node, parameter, value, checked }) => {
      const { start, end } = node.span;
      expect(argumentAt(step as CheckedStep, start)?.node).toBe(node);
      const worth = typeof checked === "object" && checked !== null ? "object" : String(checked);
      return `${parameter}: ${text.slice(start, end)} is a ${value?.kind}, ${worth}`;
    });
  }

  test.each([
    [
      "Dense(w * 2, relu, use_bias=false)",
      [
        "units: w * 2 is a number, 16",
        "activation: relu is a word, object",
        "use_bias: use_bias=false is a boolean, false",
      ],
    ],
    ["Dense(-1, use_bias=3)", ["units: -1 is a number, undefined", "use_bias: use_bias=3 is a number, undefined"]],
    ["Dense(oops, unit=3)", ["units: oops is a word, undefined", "undefined: unit=3 is a number, undefined"]],
    ["Dense(3, units=4)", ["units: 3 is a number, 3", "undefined: units=4 is a number, undefined"]],
    [
      "Dropout(0.1, none, 3, 4)",
      [
        "rate: 0.1 is a number, 0.1",
        "noise_shape: none is a none, null",
        "seed: 3 is a number, 3",
        "undefined: 4 is a number, undefined",
      ],
    ],
    [
      "Dense(3, activation= , use_bias=false ])",
      [
        "units: 3 is a undefined, undefined",
        "activation: activation= is a undefined, undefined",
        "use_bias: use_bias=false is a undefined, undefined",
      ],
    ],
    ["B(w, rate=w)", ["units: w is a number, undefined", "rate: rate=w is a number, undefined"]],
    ["B(w, rate= ])", ["units: w is a undefined, undefined", "rate: rate= is a undefined, undefined"]],
    ["Thick(3)", ["undefined: 3 is a undefined, undefined"]],
  ])("%s", async (statement, expected) => {
    expect(await read(statement)).toEqual(expected);
  });

  test("that are left out have their defaults, and all parameters can be asked for", async () => {
    const text = "model M { input [4] Dense(3, use_bias=7) }";
    const { index } = await checkText(text);
    const [step] = stepsAt(index, path, text.indexOf("Dense"));
    expect(step).toMatchObject({
      kind: "layer",
      config: { units: 3, use_bias: true, kernel_constraint: null },
      weights: [
        { name: "kernel", shape: [4, 3] },
        { name: "bias", shape: [3] },
      ],
    });
    expect(parametersOf(step as CheckedStep).slice(0, 3)).toMatchObject([
      { name: "units" },
      { name: "activation" },
      { name: "use_bias" },
    ]);
  });

  test("have a value for each call of a block", async () => {
    const text = "block B(units) { Dense(units) } model M { input [4] B(3) B(5) }";
    const { index } = await checkText(text);
    const values = stepsAt(index, path, text.indexOf("Dense")).map((step) => argumentsOf(step)[0]?.checked);
    expect(values).toEqual([3, 5, undefined]);
  });
});

describe("a model with errors", () => {
  test("keeps what they do not touch", async () => {
    const text = `model Good { input [2] Dense(1) }
      model Bad { weights "./bad.keras" input [4] Dense(3) Thick(2) labels ["a", "b"] }
      model Outer { input [4] Bad }
      model NoInput { Dense(3) }`;
    const { index, models } = await checkText(text);
    expect(models.map(({ name }) => name)).toEqual(["Good"]);
    expect(index.models.map(({ declaration }) => declaration.name.text)).toEqual(["Good", "Bad", "Outer", "NoInput"]);
    const bad = modelAt(index, path, text.indexOf("Thick("));
    expect(bad).toMatchObject({
      declaration: { name: { text: "Bad" } },
      clauses: { weights: { path: { value: "./bad.keras" } }, input: { kind: "input" }, labels: { kind: "labels" } },
      parameterCount: 15,
    });
    expect(formatShape(bad?.inputShape ?? [])).toBe("[4]");
    expect(bad?.outputShape).toBeUndefined();
    expect(index.models[0]?.model).toBe(models[0]);
    expect(modelAt(index, path, text.length + 5)).toBeUndefined();
  });

  test("in an imported file is there when it is used", async () => {
    const lib = "let unused = 1/0 model Inner { input [4] Dense(oops) } model Other { input [1] Dense(1) }";
    const { index } = await checkText('import { Inner } from "./lib.layers" model M { input [4] Inner }', {
      "lib.layers": lib,
    });
    expect(index.models.map(({ declaration }) => declaration.name.text)).toEqual(["M", "Inner"]);
    expect(flow(lib, index.models[1]?.steps)).toEqual(["dense = Dense(oops): [4] to ?"]);
    expect(definitionAt(index, "lib.layers", lib.indexOf("Other"))).toMatchObject({ kind: "model", uses: [] });
  });
});
