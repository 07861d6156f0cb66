import fs from "node:fs";
import path from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { deflatedZip } from "../support/deflated-zip.ts";
import { fixtureBytes, layerc } from "./support.ts";

const iris = fixtureBytes("models/iris_4_16_3/model.keras");
const xor = fixtureBytes("models/xor_2_8_1/model.keras");

const bytesOf = (sandbox: Sandbox, name: string) => new Uint8Array(fs.readFileSync(path.join(sandbox.folder, name)));

describe("layerc import", () => {
  test("writes beside the file, named after it, and says so", async () => {
    const sandbox = makeSandbox({ "models/iris-net.keras": iris });
    const { exitCode, stdout, stderr } = await layerc(sandbox, "import", "models/iris-net.keras");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /^models\/iris-net\.keras -> models\/irisNet\.layers {2}\d+ B\nmodels\/iris-net\.keras -> models\/irisNet\.safetensors {2}\d+ B\n$/,
    );
    expect(sandbox.contents()["models/irisNet.layers"]).toContain("model IrisNet {");
  });

  test("a name the author gave goes before that of the file", async () => {
    const sandbox = makeSandbox({ "m.keras": fixtureBytes("models/custom_names/model.keras") });
    await layerc(sandbox, "import", "m.keras");
    expect(Object.keys(sandbox.contents())).toEqual(["m.keras", "scorer.layers", "scorer.safetensors"]);
  });

  test.each([
    ["default.keras", "defaultModel.layers"],
    ["Dense.keras", "denseModel.layers"],
    ["2024-10.keras", "model2024_10.layers"],
    ["Ünïcode.keras", "unicode.layers"],
    ["模型.keras", "model.layers"],
    ["float32Array.keras", "float32ArrayModel.layers"],
  ])("%s becomes %s", async (file, made) => {
    const sandbox = makeSandbox({ [file]: iris });
    const { stderr } = await layerc(sandbox, "import", file);
    expect(stderr).toBe("");
    expect(Object.keys(sandbox.contents())).toContain(made);
    expect((await layerc(sandbox, "check", made)).stderr).toBe("");
  });

  test("--name names the model, the files and the export", async () => {
    const sandbox = makeSandbox({ "iris.keras": iris });
    expect((await layerc(sandbox, "import", "iris.keras", "--name", "net", "--out-dir", "a/b")).exitCode).toBe(0);
    expect(sandbox.contents()["a/b/net.layers"]).toMatch(/^model Net \{\n {2}weights "\.\/net\.safetensors"\n/);
    await layerc(sandbox, "build", "a/b/net.layers");
    expect(sandbox.contents()["a/b/net.ts"]).toContain("export const net:");
  });

  test.each(["9", "a-b", "default", "Dense", "", "Math", "Ä", "__proto__"])(
    "--name %j is a wrong command line",
    async (name) => {
      const sandbox = makeSandbox({ "iris.keras": iris });
      const { exitCode, stderr } = await layerc(sandbox, "import", "iris.keras", `--name=${name}`);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining("error[import-name]") as string,
      });
    },
  );

  test("--format json reports the outputs", async () => {
    const sandbox = makeSandbox({ "iris.keras": iris });
    const { stdout } = await layerc(sandbox, "import", "iris.keras", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      command: "import",
      exitCode: 0,
      model: "Iris",
      outputs: [
        { source: "iris.keras", path: "iris.layers", state: "missing" },
        { source: "iris.keras", path: "iris.safetensors", state: "missing" },
      ],
    });
  });

  test("files as an import wrote them are replaced, others are not without --force", async () => {
    const sandbox = makeSandbox({ "iris.keras": iris, "xor.keras": xor });
    const run = (file: string, ...more: readonly string[]) => layerc(sandbox, "import", file, "--name", "Net", ...more);
    expect((await run("iris.keras")).exitCode).toBe(0);
    const first = sandbox.contents();
    expect((await run("iris.keras")).stdout.match(/\(unchanged\)/g)).toHaveLength(2);
    expect((await run("xor.keras")).exitCode).toBe(0);
    expect(sandbox.contents()["net.layers"]).toContain("input [2]");
    expect((await run("iris.keras")).exitCode).toBe(0);
    expect(sandbox.contents()).toEqual(first);

    fs.appendFileSync(path.join(sandbox.folder, "net.layers"), "// mine\n");
    const edited = sandbox.contents();
    const refused = await run("iris.keras");
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("'net.layers' exists and is not as an import wrote it");
    expect((await run("xor.keras")).exitCode).toBe(2);
    expect(sandbox.contents()).toEqual(edited);
    expect((await run("iris.keras", "--force")).exitCode).toBe(0);
    expect(sandbox.contents()).toEqual(first);
  });

  test("weights of other origin are not replaced", async () => {
    const own = writeSafetensors([{ name: "a.kernel", shape: [1], data: Float32Array.of(1) }]);
    const sandbox = makeSandbox({ "iris.keras": iris, "iris.safetensors": own });
    expect((await layerc(sandbox, "import", "iris.keras")).exitCode).toBe(2);
    expect(Object.keys(sandbox.contents())).toEqual(["iris.keras", "iris.safetensors"]);
    expect(bytesOf(sandbox, "iris.safetensors")).toEqual(own);
  });

  test("weights that were changed since are not replaced, with the same metadata too", async () => {
    const sandbox = makeSandbox({ "iris.keras": iris });
    await layerc(sandbox, "import", "iris.keras");
    const trained = bytesOf(sandbox, "iris.safetensors").slice();
    trained[trained.length - 1]! ^= 1;
    fs.writeFileSync(path.join(sandbox.folder, "iris.safetensors"), trained);
    expect((await layerc(sandbox, "import", "iris.keras")).stderr).toContain("'iris.safetensors' exists and is not as");
    expect(bytesOf(sandbox, "iris.safetensors")).toEqual(trained);
  });

  test("one file that can't be written leaves none", async () => {
    const sandbox = makeSandbox({ "iris.keras": iris });
    fs.mkdirSync(path.join(sandbox.folder, "iris.safetensors"));
    expect((await layerc(sandbox, "import", "iris.keras")).exitCode).toBe(2);
    expect(Object.keys(sandbox.contents())).toEqual(["iris.keras"]);
  });

  test.each([
    [["import"], "No file is given"],
    [["import", "missing.keras"], "no such file"],
    [["import", "folder"], "a folder without a model.json"],
    [["import", "iris.keras", "--out-dir", "iris.keras"], "out-dir-unusable"],
  ])("%j is a wrong command line", async (argv, message) => {
    const sandbox = makeSandbox({ "iris.keras": iris, "folder/readme.txt": "" });
    const { exitCode, stderr } = await layerc(sandbox, ...argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) as string });
  });

  test.each([
    ["weights.safetensors", writeSafetensors([{ name: "d.kernel", shape: [1], data: Float32Array.of(1) }])],
    ["m.weights.h5", fixtureBytes("models/iris_4_16_3/model.weights.h5")],
    ["weights.npz", fixtureBytes("models/iris_4_16_3/weights.npz")],
  ])("%s has no layers, so it belongs into a weights clause", async (file, bytes) => {
    const sandbox = makeSandbox({ [file]: bytes });
    const { exitCode, stderr } = await layerc(sandbox, "import", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`with the clause weights "./${file}" in it`);
    expect(Object.keys(sandbox.contents())).toEqual([file]);
  });

  test.each(["iris_4_16_3", "nested_sequential", "auto_names_offset", "custom_names", "dropout_inference"])(
    "%s keeps its arrays when the result is built with its weights beside it",
    async (name) => {
      const sandbox = makeSandbox({ "m.keras": fixtureBytes(`models/${name}/model.keras`) });
      await layerc(sandbox, "import", "m.keras", "--name", "Net");
      const built = await layerc(sandbox, "build", "net.layers", "--weights", "file", "--out-dir", "out");
      expect({ exitCode: built.exitCode, stderr: built.stderr }).toEqual({ exitCode: 0, stderr: "" });
      const data = (bytes: Uint8Array) =>
        bytes.subarray(8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true));
      const [imported, sidecar] = ["net.safetensors", "out/net.weights.safetensors"].map((file) =>
        data(bytesOf(sandbox, file)),
      );
      expect(sidecar).toEqual(imported);
    },
  );
});

describe("damaged files", () => {
  const h5 = fixtureBytes("models/xor_2_8_1/model.h5");
  const members = unzipSync(xor);
  const withConfig = (change: (text: string) => string): Uint8Array =>
    zipSync({ ...members, "config.json": strToU8(change(new TextDecoder().decode(members["config.json"]))) });

  test.each<[string, string, Uint8Array]>([
    ["an empty file", "m.keras", new Uint8Array(0)],
    ["half a .keras", "m.keras", xor.subarray(0, xor.length / 2)],
    ["half an .h5", "m.h5", h5.subarray(0, h5.length / 2)],
    ["text", "m.keras", strToU8("version https://git-lfs.github.com/spec/v1\n")],
    ["an archive without a model", "m.keras", zipSync({ "readme.txt": strToU8("hello") })],
    ["a configuration that is no JSON", "m.keras", withConfig((text) => text.slice(1))],
    ["NaN in the configuration", "m.keras", withConfig((text) => text.replace(/"units": ?8/, '"units": NaN'))],
    ["a key twice", "m.keras", withConfig((text) => text.replace(/"units": ?8/, '"units": 8, "units": 9'))],
    [
      "__proto__ as an argument",
      "m.keras",
      withConfig((text) => text.replace(/"units": ?8/, '"__proto__": {"units": 8}')),
    ],
    [
      "constructor as a class",
      "m.keras",
      withConfig((text) => text.replace(/"class_name": ?"Dense"/, '"class_name": "constructor"')),
    ],
    ["units beyond the weights", "m.keras", withConfig((text) => text.replace(/"units": ?8/, '"units": 9'))],
    [
      "units beyond all memory",
      "m.keras",
      withConfig((text) => text.replace(/"units": ?8/, '"units": 9007199254740991')),
    ],
    [
      "a shape whose product overflows",
      "m.keras",
      withConfig((text) =>
        text.replace(/"batch_shape": ?\[null, ?2\]/, '"batch_shape": [null, 60000000, 60000000, 2]'),
      ),
    ],
    [
      "layers within layers",
      "m.keras",
      withConfig(() => '{"class_name":"Sequential","config":{"layers":['.repeat(100) + "]}}".repeat(100)),
    ],
    [
      "too many layers",
      "m.keras",
      withConfig(() =>
        JSON.stringify({
          class_name: "Sequential",
          config: {
            name: "n",
            layers: Array.from({ length: 20_000 }, (_, at) => ({ class_name: "Flatten", config: { name: `f${at}` } })),
          },
        }),
      ),
    ],
    ["a bomb", "m.keras", deflatedZip({ ...members, "config.json": new Uint8Array(2 ** 27) })],
  ])("%s gives a diagnostic, and nothing is written", async (_what, file, bytes) => {
    const sandbox = makeSandbox({ [file]: bytes });
    const { exitCode, stderr } = await layerc(sandbox, "import", file, "--out-dir", "out");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^error\[[a-z-]+\]: /) as string,
    });
    expect(Object.keys(sandbox.contents())).toEqual([file]);
  });

  test("a changed character in the configuration never breaks the import", async () => {
    const text = new TextDecoder().decode(members["config.json"]);
    const sandbox = makeSandbox({});
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.constantFrom('"', "0", "-", "[", "}", "n", "\\", "é"),
        async (at, other) => {
          const changed = withConfig(() => text.slice(0, at) + other + text.slice(at + 1));
          fs.writeFileSync(path.join(sandbox.folder, "m.keras"), changed);
          const { exitCode } = await layerc(
            sandbox,
            "import",
            "m.keras",
            "--out-dir",
            "out",
            "--name",
            "Net",
            "--force",
          );
          expect([0, 1]).toContain(exitCode);
          if (exitCode === 0) expect((await layerc(sandbox, "check", "out/net.layers")).exitCode).toBe(0);
          fs.rmSync(path.join(sandbox.folder, "out"), { recursive: true, force: true });
        },
      ),
      { numRuns: 150 },
    );
  });
});
