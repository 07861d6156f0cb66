import fc from "fast-check";
import { expect, test } from "vitest";
import type { FormatOptions } from "../../src/format/format-options.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import type { ModelFile } from "../../src/syntax/ast.ts";
import { parseAsWritten } from "../../src/syntax/parse-source.ts";
import { meaning } from "./meaning.ts";

/** Names that are keywords elsewhere, and such as layers have. */
const name = fc.constantFrom(
  ..."a Foo Bar input model let dim block import from weights labels repeat prefix a_name_of_some_length".split(" "),
);

function argumentsOf(all: readonly (readonly [string | null, string])[]): string {
  const inOrder = all.toSorted(([a], [b]) => Number(a !== null) - Number(b !== null));
  return inOrder.map(([key, value]) => (key === null ? value : `${key}=${value}`)).join(", ");
}

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  const args = fc.array(fc.tuple(fc.option(name), inner), { maxLength: 4 });
  return {
    expression: fc.oneof(
      { depthSize: "small" },
      name,
      fc.constantFrom("1", "2.5", "1e-4", '"s"', '"a b"', "true", "none"),
      fc.tuple(name, args).map(([callee, all]) => `${callee}(${argumentsOf(all)})`),
      fc.array(inner, { maxLength: 5 }).map((items) => `[${items.join(", ")}]`),
      fc.tuple(fc.constantFrom("-", "+"), inner).map(([sign, operand]) => `${sign}${operand}`),
      fc
        .tuple(inner, fc.constantFrom("+", "-", "*", "/", "%", "**"), inner)
        .map(([left, operator, right]) => `${left} ${operator} ${right}`),
      inner.map((text) => `(${text})`),
    ),
  };
});

const layer = fc
  .tuple(fc.option(name), name, fc.option(fc.array(fc.tuple(fc.option(name), expression), { maxLength: 4 })))
  .map(([label, callee, args]) => {
    return `${label === null ? "" : `${label}: `}${callee}${args === null ? "" : `(${argumentsOf(args)})`}`;
  });
const declaration = fc.oneof(
  fc.tuple(name, expression).map(([word, value]) => `let ${word} = ${value}`),
  name.map((word) => `dim ${word}`),
  fc.tuple(name, fc.array(layer, { maxLength: 4 })).map(([word, body]) => `model ${word} {\n${body.join("\n")}\n}`),
);
const file = fc.array(declaration, { maxLength: 4 }).map((all) => all.join("\n"));

const trivia = [
  "\n",
  "\n\n",
  " // c\n",
  "\n/// d\n",
  " /* b */ ",
  " /* x\n y */ ",
  "\n/*\n * a\n */\n",
  "\n// prettier-ignore\n",
  "/* prettier-ignore */",
];
const between = fc.oneof(
  { weight: 20, arbitrary: fc.constant("") },
  {
    weight: 9,
    arbitrary: fc.constantFrom(...trivia),
  },
);

const options: fc.Arbitrary<FormatOptions> = fc.record({
  printWidth: fc.constantFrom(1, 10, 20, 40, 80),
  useTabs: fc.boolean(),
  trailingComma: fc.constantFrom("all", "none"),
});

/** The tree of what the grammar lets pass. */
function parse(text: string): ModelFile | undefined {
  const { value, diagnostics } = parseAsWritten({ path: "m.layers", text });
  return hasErrors(diagnostics) ? undefined : value;
}

test("whatever the grammar lets pass means the same when it is formatted, on lines of any width, and stays", async () => {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(file, fc.infiniteStream(between), options, async (text, stream, style) => {
      const pieces = text.match(/"[^"]*"|[\w.]+|\*\*|\s+|\S/g) ?? [];
      const mixed = pieces.map((piece) => piece + stream.next().value).join("");
      const tree = parse(mixed);
      if (tree === undefined) return;
      tried += 1;
      const formatted = await formatSource(mixed, style);
      expect(meaning(parse(formatted)), formatted).toEqual(meaning(tree));
      expect(parse(formatted)?.comments?.length, formatted).toBe(tree.comments?.length);
      expect(await formatSource(formatted, style)).toBe(formatted);
    }),
    { numRuns: 60 },
  );
  expect(tried).toBeGreaterThan(40);
});
