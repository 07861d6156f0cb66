import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixtureBytes } from "../importers/support.ts";
import { startWatch, type Watch } from "./start-watch.ts";

const model = (units: number): string => `model A {\n  input [4]\n  Dense(${units})\n}\n`;
const commonJs = '{ "type": "commonjs" }';

test.each([
  ["mjs", "mjs", "d.mts", "{}"],
  ["cjs", "cjs", "d.cts", "{}"],
  ["mts", "mts", undefined, "{}"],
  ["js", "mjs", "d.mts", commonJs],
])("--emit %s builds .%s again (declarations: %s), in %s", async (emit, ending, declarations, manifest) => {
  const files = { "package.json": manifest, "a.layers": model(2) };
  const watch = await startWatch(files, ["*.layers", "--emit", emit]);
  expect(watch.read(`a.${ending}`)).toContain("A: [4] -> [2]");
  watch.write("a.layers", model(3));
  await watch.said(/^\S* ?a\.layers -> /m);
  await watch.silence();
  expect(watch.read(`a.${ending}`)).toContain("A: [4] -> [3]");
  if (declarations !== undefined) expect(watch.read(`a.${declarations}`)).toMatch(/\b3\b/);
  const made = fs.readdirSync(watch.folder).filter((name) => /^a\.(?!layers)/.test(name));
  expect(made.sort()).toEqual(
    [ending, ...(declarations === undefined ? [] : [declarations])].map((end) => `a.${end}`).sort(),
  );
  expect(await watch.stop()).toBe(0);
});

test("a package.json that says what its files are chooses another ending", async () => {
  const watch = await startWatch({ "package.json": commonJs, "a.layers": model(2) }, ["a.layers"]);
  expect(watch.read("a.mts")).toContain("A: [4] -> [2]");
  watch.write("package.json", '{ "type": "module" }');
  await watch.said(/a\.layers -> a\.ts/);
  expect(watch.read("a.ts")).toContain("A: [4] -> [2]");
});

/** Two models that Keras has saved, of other shapes. */
const [first, second] = ["iris_4_16_3", "xor_2_8_1"].map((name) => fixtureBytes(`models/${name}/model.keras`)) as [
  Uint8Array,
  Uint8Array,
];

/** As Keras saves a file, and as one does who trains anew: in place, and by a file that is renamed. */
const saves: readonly (readonly [string, (watch: Watch) => void])[] = [
  ["written", (watch) => watch.write("mlp.keras", second)],
  [
    "replaced",
    (watch) => {
      watch.write("mlp.new", second);
      fs.renameSync(path.join(watch.folder, "mlp.new"), path.join(watch.folder, "mlp.keras"));
    },
  ],
];

test.each(
  saves.flatMap(([how, save]) => ["mlp.keras", "*.{layers,keras}"].map((inputs) => [inputs, how, save] as const)),
)("%s: a trained file that is %s is built again, and a half-written one is no end", async (inputs, _, save) => {
  const watch = await startWatch({ "mlp.keras": first }, [inputs, "--emit", "cjs"]);
  expect(watch.read("mlp.cjs")).toContain("[4] -> [3]");
  save(watch);
  await watch.said(/mlp\.keras -> mlp\.cjs/);
  expect(watch.read("mlp.cjs")).toContain("[2] -> [1]");

  const before = watch.read("mlp.cjs");
  watch.write("mlp.keras", first.subarray(0, 1000));
  await watch.said(/mlp\.keras is not built, 1 error: outputs stay as they were/);
  expect(watch.read("mlp.cjs")).toBe(before);
  watch.write("mlp.keras", first);
  await watch.said(/mlp\.keras -> mlp\.cjs/);
  expect(watch.read("mlp.cjs")).toContain("[4] -> [3]");
  fs.rmSync(path.join(watch.folder, "mlp.keras"));
  expect(await watch.said(/gone/)).toMatch(/^mlp\.keras is gone: mlp\.cjs/);
});
