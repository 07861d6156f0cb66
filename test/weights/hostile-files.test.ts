import { zipSync, type Zippable } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { deflatedZip } from "../support/deflated-zip.ts";
import { fixture } from "./support.ts";

const base = "keras/models/nested_sequential/model";
const weights = fixture(`${base}.weights.h5`);
const whole = fixture(`${base}.h5`);
const archive = fixture(`${base}.keras`);
const config = new TextEncoder().encode(
  JSON.stringify({
    class_name: "Sequential",
    config: { name: "net", layers: [{ class_name: "Dense", config: { name: "dense" } }] },
  }),
);

async function problem(bytes: Uint8Array, path: string): Promise<string> {
  const result = await readWeightFile(bytes, path);
  return result.ok ? "read" : `${result.failure.kind}: ${result.failure.message}`;
}

const files = [
  ["model.weights.h5", weights],
  ["model.h5", whole],
  ["model.keras", archive],
] as const;

describe.each(files)("%s", (path, bytes) => {
  test("cut off anywhere is an error", async () => {
    const step = Math.ceil(bytes.length / 150);
    for (let length = 0; length < bytes.length; length += step) {
      expect(await problem(bytes.subarray(0, length), path), `${length} bytes`).not.toBe("read");
    }
    expect(await problem(bytes.subarray(0, -1), path)).not.toBe("read");
  });

  test("with changed bytes never throws", async () => {
    // Structure is dense at the start of an HDF5 file.
    const place = fc.oneof(fc.nat(2500), fc.nat(bytes.length - 1));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = Uint8Array.from(bytes);
        for (const [offset, value] of changes) changed[offset] = value;
        expect(typeof (await readWeightFile(changed, path)).ok).toBe("boolean");
      }),
      { numRuns: 200 },
    );
    // And the library still works afterwards.
    expect(await problem(bytes, path)).toBe("read");
  });
});

test("a changed byte in a member of an archive is found", async () => {
  const changed = Uint8Array.from(archive);
  changed[archive.length >> 1] = (changed[archive.length >> 1] as number) ^ 1;
  expect(await problem(changed, "model.keras")).toBe("damaged: the checksum of 'model.weights.h5' is wrong");
});

describe("formats", () => {
  const other = zipSync({ "readme.txt": new Uint8Array(8) });
  test.each([
    ["an empty file", new Uint8Array(0), "model.keras", "damaged: it is empty"],
    [
      "an unknown format",
      new TextEncoder().encode("weights"),
      "model.bin",
      "unsupported: its format is unknown; supported are",
    ],
    [
      "text named .keras",
      new TextEncoder().encode("what I did on Monday"),
      "model.keras",
      "damaged: its content is not zip, as .keras, .npz and PyTorch's files are",
    ],
    [
      "a pointer of Git LFS",
      new TextEncoder().encode("version https://git-lfs"),
      "model.keras",
      "unsupported: it is a pointer of Git LFS and not the file itself: git lfs pull fetches it",
    ],
    // What a file holds counts, and not its name.
    ["HDF5 named .keras", whole, "model.keras", "read"],
    ["zip named .h5", archive, "model.h5", "read"],
    ["HDF5 named .safetensors", whole, "model.safetensors", "read"],
    ["a zip archive of something else", other, "model.npz", "unsupported: it is a zip archive without 'config.json'"],
  ])("%s", async (_what, bytes, path, message) => {
    expect(await problem(bytes, path)).toContain(message);
  });

  test("a name that says nothing is no obstacle", async () => {
    for (const [, bytes] of files) expect(await problem(bytes, "model.bin")).toBe("read");
  });
});

describe("archives", () => {
  const pack = (members: Zippable): Uint8Array => zipSync(members, { level: 9 });
  const patch = (bytes: Uint8Array, change: (view: DataView, directory: number) => void): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    const view = new DataView(copy.buffer);
    change(view, view.getUint32(copy.length - 22 + 16, true));
    return copy;
  };
  const small = { "config.json": config, "model.weights.h5": weights };

  test("deflated members are read", async () => {
    const members = { "config.json": new Uint8Array(readMember(archive, "config.json")), "model.weights.h5": weights };
    expect(await problem(pack(members), "model.keras")).toBe("read");
  });

  test("arrays that the configuration has no layer for", async () => {
    const said = await problem(pack(small), "model.keras");
    expect(said).toContain("belong to no layer");
    // The file is whole: downloading it again would change nothing.
    expect(said).toContain("they are of another model. Save the model they are of as a whole");
    expect(said).not.toContain("damaged");
  });

  test.each([
    [
      "claims more than the limit",
      (view: DataView, at: number) => view.setUint32(at + 24, 0x7fffffff, true),
      "too-large",
    ],
    [
      "claims more than deflate can hold",
      (view: DataView, at: number) => view.setUint32(at + 24, 0x05000000, true),
      "impossible size",
    ],
    [
      "claims less than it has",
      (view: DataView, at: number) => view.setUint32(at + 24, 10, true),
      "longer than the 10 bytes",
    ],
    [
      "claims a little more than it has",
      (view: DataView, at: number) => view.setUint32(at + 24, config.length + 1, true),
      "its archive claims",
    ],
    ["lies elsewhere", (view: DataView, at: number) => view.setUint32(at + 42, 0xfffffff0, true), "not where"],
    ["is cut off", (view: DataView, at: number) => view.setUint32(at + 20, 0xffffff, true), "cut off"],
    ["is encrypted", (view: DataView, at: number) => view.setUint16(at + 8, 1, true), "encrypted"],
    ["has an unknown method", (view: DataView, at: number) => view.setUint16(at + 10, 12, true), "zip method 12"],
    ["has a wrong checksum", (view: DataView, at: number) => view.setUint32(at + 16, 0, true), "checksum"],
  ])("a member %s", async (_what, change, message) => {
    expect(await problem(patch(pack(small), change), "model.keras")).toContain(message);
  });

  test("a bomb is stopped at what it claims", async () => {
    const bomb = deflatedZip({ "config.json": new Uint8Array(50_000_000), "model.weights.h5": weights });
    expect(bomb.length).toBeLessThan(100_000);
    const lying = patch(bomb, (view, at) => view.setUint32(at + 24, 1000, true));
    expect(await problem(lying, "model.keras")).toContain("longer than the 1,000 bytes");
    expect(await problem(bomb, "model.keras")).toContain("not valid JSON");
  });

  test("two members of one name, and absurd numbers of members", async () => {
    const twice = pack({ "aonfig.json": config, "config.json": config, "model.weights.h5": weights });
    const text = new TextDecoder("latin1").decode(twice).replaceAll("aonfig", "config");
    expect(
      await problem(
        Uint8Array.from(text, (character) => character.charCodeAt(0)),
        "model.keras",
      ),
    ).not.toBe("read");
    const many = patch(pack(small), (view) => view.setUint16(view.byteLength - 22 + 10, 0xffff, true));
    expect(await problem(many, "model.keras")).toContain("65535 members");
  });
});

/** The bytes of a stored member. */
function readMember(bytes: Uint8Array, name: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let offset = view.getUint32(bytes.length - 22 + 16, true);
  for (;;) {
    const nameBytes = view.getUint16(offset + 28, true);
    const found = new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + nameBytes));
    if (found === name) {
      const start = view.getUint32(offset + 42, true);
      const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      return bytes.subarray(data, data + view.getUint32(offset + 24, true));
    }
    offset += 46 + nameBytes + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
}
