import { expect, test } from "vitest";
import { importModel } from "../../src/importers/import-model.ts";
import { modelFormats } from "../../src/model-formats/index.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixture, memoryHost } from "../weights/support.ts";

test("a file of no known format is told which there are", async () => {
  const { value, diagnostics } = await importModel("notes.txt", {
    host: memoryHost({ "notes.txt": new TextEncoder().encode("what I did on Monday") }),
  });
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(["import-unsupported"]);
  for (const file of modelFormats.flatMap(({ files }) => files)) expect(diagnostics[0]?.message).toContain(file);
});

test("the help of the command names every format and its files", async () => {
  const { stdout } = await makeSandbox({}).run(["import", "--help"]);
  for (const { tool, files } of modelFormats) for (const word of [tool, ...files]) expect(stdout).toContain(word);
});

test.each<[path: string, bytes: Uint8Array, tool: string]>([
  ["model.keras", fixture("keras/models/xor_2_8_1/model.keras"), "Keras"],
  ["renamed.bin", fixture("keras/models/xor_2_8_1/model.keras"), "Keras"],
  ["model.h5", fixture("keras/models/xor_2_8_1/model.h5"), "Keras"],
  ["broken.keras", new Uint8Array([1, 2, 3]), "Keras"],
  ["tfjs/model.json", new TextEncoder().encode('{"format": "layers-model"}'), "TensorFlow.js"],
  ["renamed.bin", new TextEncoder().encode('\n{"format": "layers-model"}'), "TensorFlow.js"],
  ["broken.json", new Uint8Array([1, 2, 3]), "TensorFlow.js"],
  ["model.onnx", new Uint8Array([8, 9, 18, 0]), "ONNX"],
])("%s is known by its name or its bytes", async (path, bytes, tool) => {
  const known = [];
  for (const format of modelFormats) if (await format.detect(path, bytes)) known.push(format.tool);
  expect(known.at(-1)).toBe(tool);
});
