import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { compileModule } from "../../src/unplugin/compile-module.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixtureBytes } from "../importers/support.ts";

/** The module and the declarations that a plugin gives for a file. */
async function moduleOf(name: string, content: string | Uint8Array): Promise<readonly [code: string, types: string]> {
  const { folder: root } = makeSandbox({ [name]: content });
  const settings = { diagnostics: [], sources: [], dependencies: [], options: {}, types: "d.layers.ts" } as const;
  const { output, diagnostics } = await compileModule(path.join(root, name), root, settings);
  expect(diagnostics).toEqual([]);
  const ending = path.extname(name);
  const types = path.join(root, `${path.basename(name, ending)}.d${ending}.ts`);
  return [output?.code ?? "", existsSync(types) ? readFileSync(types, "utf8") : ""];
}

const sole = /\nexport \{ (\w+) as default \};\n$/;

test("the one model of a file is the default export too, with its type", async () => {
  const trained = fixtureBytes("models/xor_2_8_1/model.keras");
  for (const text of await moduleOf("xor.keras", trained)) expect(text).toMatch(sole);
  for (const text of await moduleOf("net.layers", "model Net { input [2] Softmax() }")) {
    expect(sole.exec(text)?.[1]).toBe("net");
  }
});

test.each([
  ["several models", "model A { input [2] Softmax() } model B { input [2] Softmax() }"],
  ["a model that gets its weights from the caller", "model Net { input [2] Dense(2) }"],
  ["no model", "let n = 2"],
])("there is none for %s", async (_, source) => {
  for (const text of await moduleOf("net.layers", source)) expect(text).not.toContain("default");
});
