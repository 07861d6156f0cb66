import { strToU8, zipSync } from "fflate";
import { writeSafetensors, type NamedArray } from "../../src/files/write-safetensors.ts";
import type { Host } from "../../src/load/host.ts";

/** What the mistaken files can import, as `./blocks.layers`. */
export const library = `block Hidden(units, rate=0.1) {
  Dense(units, activation=relu)
  Dropout(rate)
}
let width = 32
model Encoder {
  input [16]
  Dense(8)
}
`;

/** Weight files: that of `input [4] Dense(3)`, and others that don't fit it. */
const weightFiles: Readonly<Record<string, Uint8Array>> = {
  "model.safetensors": writeSafetensors([zeros("dense.kernel", [4, 3]), zeros("dense.bias", [3])]),
  "agent.npz": zipSync(
    Object.fromEntries(
      ["actor", "critic"].flatMap((part) => [
        [`${part}.dense.kernel.npy`, npy([4, 3])],
        [`${part}.dense.bias.npy`, npy([3])],
      ]),
    ),
  ),
  "named.npz": zipSync({ "W1.npy": npy([4, 3]), "b1.npy": npy([3]) }),
  "iris.pt": zipSync({ "archive/data.pkl": strToU8("\u0080\u0002c__main__\nNet\n)\u0081.", true) }),
  "iris.ckpt": strToU8("\u0000\u0001tensorflow"),
  "weights.txt": strToU8("0.1 0.2 0.3\n"),
};

/** The files beside a mistaken one. */
export const host: Host = {
  resolve: (_from, relative) => relative.replace(/^\.\//, ""),
  readText: async (path) =>
    path === "blocks.layers" ? { ok: true, content: library } : { ok: false, reason: "no such file" },
  readBytes: async (path) => {
    const content = weightFiles[path];
    if (content !== undefined) return { ok: true, content };
    return { ok: false, reason: path.endsWith("/") ? "is a folder" : "no such file" };
  },
};

function zeros(name: string, shape: readonly number[]): NamedArray {
  return { name, shape, data: new Float32Array(sizeOf(shape)) };
}

/** A file of zeros as numpy writes it. */
function npy(shape: readonly number[]): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`.padEnd(117).concat("\n");
  const file = new Uint8Array(10 + header.length + 4 * sizeOf(shape));
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  file.set(strToU8(header), 10);
  return file;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
