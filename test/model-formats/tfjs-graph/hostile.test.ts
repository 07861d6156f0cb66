import fc from "fast-check";
import { expect, test } from "vitest";
import { importModel } from "../../../src/importers/index.ts";
import { filesOf, graphModels } from "./graph-models.ts";

/** Values that stand where others are expected. */
const strange: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  "",
  "x",
  "x:9",
  "^x",
  [],
  {},
  { list: { s: ["?"] } },
  [["x"]],
];

/** Every place in a JSON value that something may be put in, as a function that does so. */
function places(value: unknown): readonly ((other: unknown) => void)[] {
  if (typeof value !== "object" || value === null) return [];
  const object = value as Record<string, unknown>;
  return Object.keys(object).flatMap((key) => [
    (other: unknown): void => {
      object[key] = other;
    },
    ...places(object[key]),
  ]);
}

test("changed anywhere, a graph-model is imported or refused with a reason", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...graphModels),
      fc.nat(),
      fc.constantFrom(...strange),
      async (model, place, other) => {
        const files = filesOf(model);
        const json = JSON.parse(files["tfjs/model.json"] as string) as unknown;
        const all = places(json);
        all[place % all.length]?.(other);
        const host = {
          resolve: (_: string, relative: string) => `tfjs/${relative.replace("./", "")}`,
          readText: async () => ({ ok: false, reason: "no such file" }) as const,
          readBytes: async (path: string) => {
            const content = path === "tfjs/model.json" ? JSON.stringify(json) : files[path];
            if (content === undefined) return { ok: false, reason: "no such file" } as const;
            const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
            return { ok: true, content: bytes } as const;
          },
        };
        const { value, diagnostics } = await importModel("tfjs/model.json", { host, name: "Net" });
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        expect(errors.length === 0).toBe(value !== undefined);
      },
    ),
    { numRuns: 500 },
  );
});
