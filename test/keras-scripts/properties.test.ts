import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { pythonToLayers } from "../../src/importers/python-to-layers.ts";

const folder = new URL("../importers/python/", import.meta.url);
const scripts = readdirSync(folder)
  .filter((file) => file.endsWith(".py"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"));
const script = fc.constantFrom(...scripts);

/** What a script becomes: a text that parses, or errors; whatever is said has a place in it. */
async function translate(text: string): Promise<string | undefined> {
  for (const into of ["body", "file"] as const) {
    const { text: made, errors, notes } = await pythonToLayers(text, { into, path: "a.py" });
    expect(made === undefined).toBe(errors.length > 0);
    for (const { span, related, severity } of [...errors, ...notes]) {
      const places = [span, ...related.map((place) => place.span)];
      for (const place of places) {
        expect(place?.file).toBe("a.py");
        expect(place?.start).toBeGreaterThanOrEqual(0);
        expect(place?.end).toBeGreaterThanOrEqual(place?.start ?? 0);
        expect(place?.end).toBeLessThanOrEqual(text.length);
      }
      expect(errors.some((error) => error.span === span) === (severity === "error")).toBe(true);
    }
    if (into === "file") return made;
  }
  return undefined;
}

describe("no text makes the translation throw, and what it gives is a file without errors", () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    text: fc.constantFrom(
      "",
      "(",
      ")",
      "[",
      "'",
      ":",
      "\n",
      "    ",
      "=",
      ",",
      "#",
      "0",
      "1e999",
      "x",
      "model",
      "def f():\n",
      " if x else 0",
      "*",
      "**",
      "🎓",
      "lambda: 0",
      "None",
      "-",
      "//",
      ".",
    ),
  });
  test("changed", async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.array(edit, { minLength: 1, maxLength: 4 }), async (text, edits) => {
        const changed = edits.reduce((before, { at, length, text: put }) => {
          const place = Math.floor(at * before.length);
          return before.slice(0, place) + put + before.slice(place + length);
        }, text);
        const made = await translate(changed);
        if (made === undefined) return;
        const { diagnostics } = await check({ path: "m.layers", text: made });
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("cut, and joined with another", async () => {
    await fc.assert(
      fc.asyncProperty(script, script, fc.double({ min: 0, max: 1, noNaN: true }), async (first, second, at) => {
        await translate(first.slice(0, Math.floor(at * first.length)));
        await translate(first.slice(Math.floor(at * first.length)));
        await translate(first + second);
      }),
      { numRuns: 30 },
    );
  });
});

describe("arithmetic", () => {
  const number = fc.constantFrom("0", "1", "2", "3", "7", "10", "0.5", ".25", "4.", "1e-2", "0x1F", "1_000", "a", "b");
  const { tree } = fc.letrec<{ readonly tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      number,
      fc
        .tuple(tie("tree"), fc.constantFrom("+", "-", "*", "/", " // ", "%"), tie("tree"))
        .map((parts) => parts.join("")),
      tie("tree").map((inner) => `(${inner})`),
      fc.tuple(fc.constantFrom("-", "+"), tie("tree")).map(([sign, inner]) => `${sign}${inner}`),
      tie("tree").map((inner) => `(${inner})**2`),
    ),
  }));

  test("has the same value in the model as in Python, however it is written", async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (expression) => {
        const source = `a = 5\nb = a / 8\nmodel = Sequential([Input((2,)), Rescaling(${expression})])`;
        const { text, errors } = await pythonToLayers(source);
        const value = evaluate(expression);
        if (text === undefined) {
          expect(value).toBeUndefined();
          expect(errors[0]?.code).toBe("script-argument");
          return;
        }
        const { models } = await check({ path: "m.layers", text });
        const [layer] = models[0]?.layers ?? [];
        expect(layer?.kind === "layer" ? layer.config["scale"] : undefined).toBeCloseTo(value ?? Number.NaN, 9);
      }),
      { numRuns: 100 },
    );
  });
});

/** What Python makes of arithmetic: computed with JavaScript's, in which division that rounds down and its rest are functions. */
function evaluate(expression: string): number | undefined {
  const rest = (x: number, y: number): number => x - y * Math.floor(x / y);
  const tokens = expression.match(/\*\*|\/\/|0x1F|1e-2|1_000|[\d.]+|[ab]|[-+*/%()]/g) ?? [];
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-")
      value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = (): number => {
    let value = unary();
    for (;;) {
      const operator = tokens[at];
      if (operator === undefined || !["*", "/", "//", "%"].includes(operator)) return value;
      at++;
      const right = unary();
      if (operator !== "*" && right === 0) throw new RangeError("it divides by zero");
      value =
        operator === "*"
          ? value * right
          : operator === "/"
            ? value / right
            : operator === "%"
              ? rest(value, right)
              : Math.round((value - rest(value, right)) / right);
    }
  };
  const unary = (): number => {
    if (tokens[at] === "-") return (at++, -unary());
    if (tokens[at] === "+") return (at++, unary());
    const base = atom();
    return tokens[at] === "**" ? (at++, base ** unary()) : base;
  };
  const atom = (): number => {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const value = sum();
      at++;
      return value;
    }
    return token === "a" ? 5 : token === "b" ? 0.625 : Number(token.replace("_", ""));
  };
  try {
    const value = sum();
    return Number.isFinite(value) && (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(value))
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
