import fs from "node:fs";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { KerasConfig } from "../../src/keras/keras-config.ts";
import { readKerasConfig } from "../../src/keras/read-keras-config.ts";
import { producerOf } from "../../src/keras/producers.ts";
import { readLayer } from "../../src/keras/read-layer.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixtureBytes, layerc } from "../importers/support.ts";

/** The source that a file is imported as. */
async function sourceOf(name: string, bytes: Uint8Array): Promise<string> {
  const sandbox = makeSandbox({ [name]: bytes });
  expect(await layerc(sandbox, "import", name, "--name", "Net")).toMatchObject({ exitCode: 0 });
  return sandbox.contents()["net.layers"] ?? "";
}

const fixture = (ending: string) => fixtureBytes(`models/mixed_activations/model.${ending}`);

/** A `.keras` file as another version of Keras would have written it. */
function ofVersion(version: string): Uint8Array {
  const members = unzipSync(fixture("keras"));
  return zipSync({ ...members, "metadata.json": strToU8(JSON.stringify({ keras_version: version })) });
}

/** The same of an `.h5` file, whose attributes have a fixed length. */
function h5OfVersion(version: string): Uint8Array {
  const text = Buffer.from(fixture("h5")).toString("latin1");
  const changed = text.replaceAll("3.16.0", version);
  expect(changed).not.toBe(text);
  return new Uint8Array(Buffer.from(changed, "latin1"));
}

describe("hard_sigmoid has the slope of the version that wrote the file", () => {
  test.each([
    [".keras of Keras 3", "m.keras", () => ofVersion("3.16.0"), "hard_sigmoid)"],
    [".keras of Keras 2.13", "m.keras", () => ofVersion("2.13.1"), "hard_sigmoid(0.2))"],
    [".h5 of Keras 3", "m.h5", () => fixture("h5"), "hard_sigmoid)"],
    [".h5 of Keras 2", "m.h5", () => h5OfVersion("2.15.0"), "hard_sigmoid(0.2))"],
  ])("%s", async (_, name, bytes, expected) => expect(await sourceOf(name, bytes())).toContain(expected));
});

test.each([
  [undefined, "keras-3"],
  ["3.0.5", "keras-3"],
  ["2.4.0-tf", "keras-2"],
  ["1.2.2", "keras-2"],
  ["tfjs-layers 4.22.0", "tfjs"],
])("%s is %s", (version, producer) => expect(producerOf(version)).toBe(producer));

test.each([
  "hard_sigmoid",
  { class_name: "function", config: "hard_sigmoid" },
  { class_name: "hard_sigmoid", config: {} },
])("the activation %j means the same, also inside of a wrapper", (activation) => {
  const dense = { class_name: "Dense", config: { name: "dense", units: 3, activation } };
  const wrapper = { class_name: "TimeDistributed", config: { name: "t", layer: dense } };
  const [layer] =
    readKerasConfig({ class_name: "Sequential", config: { name: "s", layers: [wrapper] } }, "tfjs").layers ?? [];
  expect(JSON.stringify(layer?.config)).toContain('"slope":0.2');
});

describe("what a file leaves out has the default of its producer", () => {
  const readme = fs.readFileSync(new URL("../../src/keras/README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^ {2}\| `(\w+)\.(\w+)` \| (\S+) \| (\S+) \| (\S+) \|$/gm)];
  test("the table has rows", () => expect(rows.length).toBeGreaterThan(6));
  const given: Readonly<Record<string, object>> = { Rescaling: { scale: 2 } };
  test.each(
    rows.flatMap(([, className = "", name = "", ...values]) =>
      (["keras-3", "keras-2", "tfjs"] as const).map((producer, at) => ({
        className,
        name,
        producer,
        value: values[at],
      })),
    ),
  )("$className.$name of $producer is $value", ({ className, name, producer, value }) => {
    const layer = { class_name: className, config: { name: "one", ...given[className] } };
    const config = readKerasConfig({ class_name: "Sequential", config: { layers: [layer] } }, producer);
    const read = readLayer(config.layers?.[0] as KerasConfig);
    expect(read.kind === "layer" ? read.values[name] : undefined).toBe(Number(value));
  });
});
