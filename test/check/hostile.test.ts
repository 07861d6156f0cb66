import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { argumentsOf } from "../../src/check/semantics/arguments-of.ts";
import { occurrencesOf } from "../../src/check/semantics/definition-at.ts";
import { stepsAt } from "../../src/check/semantics/steps-at.ts";
import type { Span } from "../../src/diagnostics/diagnostic.ts";
import { checkText } from "./check-text.ts";

const hostile = ["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];

const codes = async (text: string): Promise<readonly string[]> =>
  (await checkText(text)).diagnostics.map(({ code }) => code);

describe("names of Object's own properties are names like any other", () => {
  test.each(hostile)("%s is not declared until it is", async (name) => {
    expect(await codes(`model M { input [4] Dense(${name}) }`)).toEqual(["unknown-name"]);
    expect(await codes(`model M { input [4] ${name}() }`)).toEqual(["unknown-layer"]);
    expect(await codes(`model M { input [4] Dense(2, ${name}=1) }`)).toEqual(["unknown-argument"]);
    expect(await codes(`model M { input [4] Dense(2, activation=${name}) }`)).toEqual(["unknown-keyword"]);
    expect(await codes(`model M { input [4] Dense(2, kernel_initializer=${name}(1)) }`)).toEqual(["unknown-keyword"]);
    expect(await codes(`let ${name} = 3 model M { input [4] Dense(${name}) }`)).toEqual([]);
    expect(await codes(`block ${name}(${name}) { Dense(${name}) } model M { input [4] ${name}(${name}=3) }`)).toEqual(
      [],
    );
    expect(await codes(`block ${name}x(${name}) { Dense(${name}) } model M { input [4] ${name}x() }`)).toEqual([
      "missing-argument",
    ]);
  });
});

describe("absurd sizes end promptly with a diagnostic", () => {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");

  test.each<readonly [string, string, readonly string[]]>([
    [
      "blocks that double 60 times",
      `${lines(60, (i) => `block B${i}() { ${i === 0 ? "Dense(1)" : `B${i - 1}() B${i - 1}()`} }`)} model M { input [1] B59() }`,
      ["too-many-layers"],
    ],
    [
      "blocks that double 60 times and give nothing",
      `${lines(60, (i) => `block B${i}() { ${i === 0 ? "repeat 0 { Dense(1) }" : `B${i - 1}() B${i - 1}()`} }`)} model M { input [1] Dense(1) B59() }`,
      ["expansion-too-long"],
    ],
    [
      "models that double 40 times",
      `${lines(40, (i) => `model M${i} { input [1] ${i === 0 ? "Dense(1)" : `M${i - 1} M${i - 1}`} }`)}`,
      ["too-many-layers"],
    ],
    [
      "a chain of 5,000 lets",
      `${lines(5000, (i) => `let a${i} = a${i + 1}`)} let a5000 = 1 model M { input [a0] Dense(1) }`,
      [],
    ],
    ["a cycle of 5,000 lets", lines(5000, (i) => `let a${i} = a${(i + 1) % 5000}`), ["let-cycle"]],
    [
      "lists that double 60 times",
      `let a0 = [1, 1] ${lines(60, (i) => `let a${i + 1} = [a${i}, a${i}]`)} model M { input [1] Dense(a60) }`,
      ["argument-type"],
    ],
    [
      "a chain of 3,000 models",
      `${lines(3000, (i) => `model M${i} { input [1] ${i === 0 ? "Dense(1)" : `M${i - 1}`} }`)}`,
      ["expansion-too-deep"],
    ],
    ["a power of powers", "let a = 9 ** 9 ** 9 model M { input [4] Dense(a) }", ["number-not-finite"]],
    ["a huge target shape", "model M { input [4] Reshape([1e15, 1e15, 1e15]) }", ["reshape-size"]],
  ])("%s", async (_title, text, expected) => {
    expect([...new Set(await codes(text))]).toEqual(expected);
  });

  test("10,000 layers are within the limit", async () => {
    const { models, diagnostics } = await checkText("model M { input [4] repeat 5000 { Dense(4) Dropout(0.1) } }");
    expect(diagnostics).toEqual([]);
    expect(models[0]?.layers).toHaveLength(10_000);
    expect(models[0]?.layers.at(-1)?.name).toBe("dropout_4999");
  });
});

describe("mutated programs", () => {
  const program = `
    import { Hidden, width } from "./lib.layers"
    let latent = 100
    let act = relu
    dim time
    /// A block.
    block Body(units, rate=0.1, activation=act) {
      Dense(units, activation=activation, kernel_initializer=he_normal(seed=7), kernel_regularizer=l2(1e-4))
      Dropout(rate)
    }
    model Encoder { input [time, 128] repeat 3 { Body(64) } -> [time, 64] Dense(16) }
    model Decoder { input [time, 16] out: Body(latent, activation=leaky_relu(0.1)) Dense(128) }
    model Auto { weights "./a.keras" input [time, 128] Encoder Decoder Hidden(width) Softmax(axis=-1) }
    model Digits { input [8, 8] Flatten() Rescaling(1/16, offset=-0.5) Reshape([2, -1]) Flatten() Dense(2)
      labels ["no", "yes"] }`;
  const lib = "let width = 4 block Hidden(units) { Dense(units, relu) }";
  const pieces = [...program.matchAll(/\w+|"[^"]*"|->|\s+|./g)].map(([piece]) => piece);
  const extra = [
    ...hostile,
    "0",
    "-1",
    "1e999",
    "1e15",
    "none",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ":",
    "->",
    "**",
    "repeat",
    "Encoder",
    "Body",
  ];

  test("never throw, and every place lies inside of its file", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            at: fc.nat({ max: pieces.length - 1 }),
            remove: fc.nat({ max: 2 }),
            insert: fc.array(fc.constantFrom(...pieces, ...extra), { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        async (edits) => {
          const mutated = [...pieces];
          for (const { at, remove, insert } of edits) mutated.splice(at, remove, ...insert);
          const { diagnostics, texts, index } = await checkText(mutated.join(""), { "lib.layers": lib });
          const inFile = ({ file, start, end }: Span): boolean =>
            start >= 0 && start <= end && end <= (texts.get(file)?.length ?? -1);
          const wrong: string[] = [];
          if (!index.definitions.flatMap(occurrencesOf).every(inFile)) wrong.push("an occurrence out of its file");
          const statements = new Set(
            [...index.models, ...index.bodies].flatMap(({ steps }) => steps).map(({ statement }) => statement),
          );
          for (const statement of statements) {
            const { file, start } = statement.span;
            const found = stepsAt(index, file, start);
            if (!found.some((step) => step.statement === statement)) wrong.push(`no step at ${file}:${start}`);
            const inside = found.flatMap(argumentsOf).every(({ node }) => inFile(node.span));
            if (!inside) wrong.push(`an argument at ${file}:${start} out of its file`);
          }
          for (const { span, related, fix, message, code } of diagnostics) {
            if (/undefined|NaN|\[object/.test(message)) wrong.push(`a message '${message}'`);
            if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) wrong.push(`a code '${code}'`);
            const spans = [
              ...(span === undefined ? [] : [span]),
              ...related.map((place) => place.span),
              ...(fix?.edits ?? []).map((edit) => edit.span),
            ];
            for (const { file, start, end } of spans) {
              const length = texts.get(file)?.length ?? -1;
              if (!(start >= 0 && start <= end && end <= length)) wrong.push(`${code}: ${start}..${end} of ${length}`);
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 250 },
    );
  });

  test("the program itself is right", async () => {
    const { diagnostics } = await checkText(program.replace("out: ", ""), { "lib.layers": lib });
    expect(diagnostics).toEqual([]);
  });
});
