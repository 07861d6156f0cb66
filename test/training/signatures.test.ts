import { describe, expect, test } from "vitest";
import { plainValue, wordValue } from "../../src/layers/arguments/made-value.ts";
import type { ParameterSpec } from "../../src/layers/definition.ts";
import { objectWords } from "../../src/layers/keras-objects/types.ts";
import { toSnakeCase } from "../../src/layers/snake-case.ts";
import { losses } from "../../src/training/losses/index.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { schedules } from "../../src/training/schedules/index.ts";
import { readJson } from "../keras/keras-case.ts";

type Signatures = Readonly<Record<string, readonly (readonly [name: string, preset?: unknown])[]>>;
type Kind = "optimizers" | "schedules" | "losses" | "metrics";

const recorded = readJson<Readonly<Record<Kind, Signatures>>>("compile/signatures.json");
const tables = { optimizers, schedules, losses, metrics };

const found = (parameters: readonly ParameterSpec[]) =>
  parameters.map(({ name, default: preset }) => (preset === undefined ? [name] : [name, preset]));

/** Keras' classes whose argument has no other value here than its default. */
const leftOut: Readonly<Record<string, readonly string[]>> = { SparseTopKCategoricalAccuracy: ["from_sorted_ids"] };

describe.each(Object.entries(tables))("%s", (kind, definitions) => {
  const signatures = recorded[kind as Kind];

  test.each(definitions.filter(({ className }) => className !== "Accuracy"))(
    "$className has Keras' arguments, order and defaults",
    ({ className, parameters }) => {
      const expected = signatures[className]?.filter(([name]) => !leftOut[className]?.includes(name));
      expect(found(parameters)).toEqual(expected);
    },
  );

  test("all of Keras' recorded classes are there", () => {
    const names = new Set(definitions.map(({ className }) => className));
    expect(Object.keys(signatures).filter((name) => !names.has(name))).toEqual([]);
  });

  test("no word means two things", () => {
    const words = definitions.flatMap(objectWords);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  test("each default is a value that the argument takes", () => {
    for (const { identifier, parameters } of definitions) {
      for (const { name, type, default: preset } of parameters) {
        if (preset === undefined) continue;
        const value = typeof preset === "string" ? wordValue(preset) : plainValue(preset as number | boolean | null);
        const report = ({ message }: { message: string }) => expect.fail(`${identifier}: ${message}`);
        expect(type.convert(value, { subject: `'${name}'`, related: [], report }), name).toEqual(preset);
      }
    }
  });
});

test.each([...losses, ...metrics, ...schedules])(
  "$identifier is its class in snake case",
  ({ identifier, className }) => {
    expect(identifier).toBe(toSnakeCase(className));
  },
);

test("optimizers are their classes in small letters", () => {
  for (const { identifier, className } of optimizers) expect(identifier).toBe(className.toLowerCase());
});
