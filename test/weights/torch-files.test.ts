import fs from "node:fs";
import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { layerc } from "../importers/support.ts";

const folder = new URL("../fixtures/torch/", import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(fs.readFileSync(new URL(name, folder)));

const network = "input [2] Dense(3, activation=relu) BatchNormalization(epsilon=1e-5) Dense(1)";

function sandboxOf(name: string, clause: string): Sandbox {
  const files = { [name]: read(name), "cases.json": read("cases.json") };
  return makeSandbox({ ...files, "net.layers": `model Net { weights ${clause} ${network} }` });
}

async function problem(bytes: Uint8Array, name = "state.pt"): Promise<string> {
  const result = await readWeightFile(bytes, name);
  return result.ok ? "read" : `${result.failure.kind}: ${result.failure.message}`;
}

describe("files of torch.save compute what PyTorch does", () => {
  test.each([
    ["state.pt", "", "2e-6"],
    ["protocol5.pt", "", "2e-6"],
    ["views.pt", "", "2e-6"],
    ["double.pt", "", "2e-6"],
    ["half.pt", "", "1e-3"],
    ["bfloat16.pt", "", "1e-2"],
    ["data-parallel.pt", "", "2e-6"],
    ["checkpoint.pt", "", "2e-6"],
    ["checkpoint.pt", 'prefix "model_state_dict."', "2e-6"],
    ["two.pt", 'prefix "generator"', "2e-6"],
    ["policy.pt", 'prefix "policy_"', "2e-6"],
  ])("%s %s", async (name, prefix, tolerance) => {
    const sandbox = sandboxOf(name, `"./${name}" ${prefix}`);
    const verified = await layerc(sandbox, "verify", "net.layers", "--against", "cases.json", "--tolerance", tolerance);
    expect(verified).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("their name does not matter", async () => {
    for (const name of ["state.pth", "pytorch_model.bin", "last.ckpt"])
      expect(await problem(read("state.pt"), name)).toBe("read");
  });

  test("what later versions of PyTorch put beside the numbers is no obstacle", async () => {
    const members = unzipSync(read("state.pt"));
    const with2 = {
      ".format_version": "1",
      ".storage_alignment": "64",
      byteorder: "little",
      ".data/serialization_id": "1",
    };
    const added = Object.entries(with2).map(([name, text]) => [`state/${name}`, new TextEncoder().encode(text)]);
    expect(await problem(zipSync({ ...members, ...Object.fromEntries(added) }))).toBe("read");
    const unfolded = Object.entries(members).map(([name, bytes]) => [name.replace("state/", ""), bytes]);
    expect(await problem(zipSync(Object.fromEntries(unfolded)))).toBe("read");
  });
});

describe("whatever is not tensors is refused by name", () => {
  test.each([
    ["module.pt", "it holds torch.nn.modules.container.Sequential, and only tensors are read; save the state"],
    ["namespace.pt", "it holds argparse.Namespace, and only tensors are read"],
    ["before-1.6.pt", "it is of the form that torch.save wrote before PyTorch 1.6; load it and save it once more"],
    ["tensor.pt", "it has no tensors by name; save the state of a module"],
    ["complex.pt", "it has tensors of torch.ComplexFloatStorage; read are DoubleStorage, FloatStorage"],
    ["quantised.pt", "it has quantised tensors; save them as floats: tensor.dequantize()"],
    ["sparse.pt", "it has sparse tensors; save them as dense ones: tensor.to_dense()"],
  ])("%s: %s", async (name, message) => {
    expect(await problem(read(name), name)).toContain(`unsupported: ${message}`);
  });

  test("TorchScript, numbers of a big-endian machine, another pickle", async () => {
    const members = unzipSync(read("state.pt"));
    const withMember = (name: string, text: string) =>
      zipSync({ ...members, [`state/${name}`]: new TextEncoder().encode(text) });
    expect(await problem(withMember("code/__torch__.py", "class Net(Module): ..."))).toContain("it is TorchScript");
    expect(await problem(withMember("byteorder", "big"))).toContain("its numbers are big-endian");
    expect(await problem(pickle("}."), "weights.pkl")).toContain("it is a pickle of Python");
  });
});

/** A pickle of protocol 2 with these operations. */
function pickle(operations: string): Uint8Array {
  return Uint8Array.from(`\x80\x02${operations}`, (character) => character.charCodeAt(0));
}

/** `torch.save`'s file of such a pickle, with one storage of 2 float32 numbers. */
function archive(operations: string): Uint8Array {
  return zipSync({ "state/data.pkl": pickle(operations), "state/data/0": new Uint8Array(8) });
}

const name = (text: string): string => `X${String.fromCharCode(text.length)}\0\0\0${text}`;
const storage = `(${name("storage")}ctorch\nFloatStorage\n${name("0")}${name("cpu")}K\x02tQ`;
const tensor = (offset: string, shape: string, strides: string): string =>
  `ctorch._utils\n_rebuild_tensor_v2\n(${storage}${offset}${shape}${strides}\x89NtR`;

describe("hostile pickles", () => {
  test("one that is in order", async () => {
    const good = `}${name("0.weight")}${tensor("K\0", "K\x01K\x02\x86", "K\x02K\x01\x86")}s.`;
    expect(await problem(archive(good))).toBe("read");
  });

  const twice = "\x94".repeat(1);
  test.each([
    ["nothing runs that it names", "cos\nsystem\n.", "unsupported: it holds os.system, and only tensors are read"],
    ["nor by another operation", `${name("builtins")}${name("eval")}\x93.`, "unsupported: it holds builtins.eval"],
    ["nor by an instance", "(ios\nsystem\n.", "unsupported: its pickle has the operation 0x69"],
    ["nor by a state", `cos\nsystem\n}b.`, "unsupported: it holds os.system"],
    ["a call of no function", `${name("x")})R.`, "damaged: its pickle calls what is no function"],
    ["an empty stack", "0.", "damaged: its pickle takes a value that it never gave"],
    ["an unopened list", "t.", "damaged: its pickle closes a list that it never opened"],
    ["an unknown memo", "h\x07.", "damaged: its pickle recalls a value that it never gave"],
    ["no end", `}${twice}`, "damaged: its pickle is cut off"],
    ["a string that is cut off", "X\xff\xff\xff\x7fab.", "damaged: its pickle is cut off"],
    ["a huge integer", "\x8b\xff\0\0\0" + "\x01".repeat(255) + ".", "unsupported: its pickle has an integer of more"],
    ["a protocol of the future", "\x80\x09}.", "unsupported: its pickle is of a protocol beyond 5"],
    ["a list in a dictionary's place", "]K\x01K\x02s.", "damaged: its pickle gives keys to what has none"],
    ["a storage that is none", `${name("0")}Q.`, "damaged: its pickle names no storage"],
    [
      "a storage that is not there",
      `}${name("0.weight")}${tensor("K\0", "K\x01\x85", "K\x01\x85").replace(`${name("0")}X`, `${name("7")}X`)}s.`,
      "unsupported: the archive has no 'state/data/7'",
    ],
    [
      "a tensor beyond its storage",
      `}${name("0.weight")}${tensor("K\x01", "K\x01K\x02\x86", "K\x02K\x01\x86")}s.`,
      "damaged: '0.weight' goes beyond its storage of 2 numbers",
    ],
    [
      "a tensor of negative sizes",
      `}${name("0.weight")}${tensor("K\0", "J\xff\xff\xff\xffK\x02\x86", "K\x02K\x01\x86")}s.`,
      "damaged: its pickle builds a tensor without a storage or a shape",
    ],
    [
      "a tensor that repeats its numbers beyond all memory",
      `}${name("0.weight")}${tensor("K\0", "J\xff\xff\xff\x7f\x85", "K\0\x85")}s.`,
      "too-large: '0.weight' of shape [2147483647] brings the arrays above",
    ],
    ["a dictionary that holds itself", `}q\0${name("a")}h\0s.`, "too-large: its dictionaries nest deeper than 32"],
    [
      "dictionaries that hold each other twice, thirty deep",
      `}q\0${Array.from({ length: 30 }, (_, level) => {
        const at = String.fromCharCode(level);
        return `}q${String.fromCharCode(level + 1)}(${name("a")}h${at}${name("b")}h${at}u`;
      }).join("")}.`,
      "too-large: it has more than 100000 values",
    ],
  ])("%s", async (_, operations, message) => {
    expect(await problem(archive(operations))).toContain(message);
  });

  test("any bytes in place of the pickle give a result", async () => {
    const members = unzipSync(read("checkpoint.pt"));
    const whole = members["checkpoint/data.pkl"] as Uint8Array;
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = Uint8Array.from(whole);
        for (const [at, byte] of changes) changed[at] = byte;
        const result = await readWeightFile(
          zipSync({ ...members, "checkpoint/data.pkl": changed }, { level: 0 }),
          "c.pt",
        );
        expect(typeof result.ok).toBe("boolean");
      }),
      { numRuns: 300 },
    );
  });
});

describe("a part of a file", () => {
  const messageOf = async (file: string, clause: string): Promise<string> =>
    (await layerc(sandboxOf(file, clause), "verify", "net.layers", "--against", "cases.json")).stderr;

  test("a prefix that no name has is an error with those that there are", async () => {
    const misspelt = await messageOf("two.pt", '"./two.pt" prefix "genrator."');
    expect(misspelt).toContain("No array of the weight file './two.pt' has a name that begins with 'genrator.'");
    expect(misspelt).toContain("did you mean 'generator.'?");
    expect(await messageOf("two.pt", '"./two.pt" prefix "x"')).toContain("there are 'generator.', 'discriminator.'");
    expect(await messageOf("state.pt", '"./state.pt" prefix "x"')).toContain("leave the prefix away");
  });

  test("a file of several models says how one is taken", async () => {
    expect(await messageOf("two.pt", '"./two.pt"')).toContain('weights "./two.pt" prefix "generator."');
  });

  test("prefix is a word like any other elsewhere", async () => {
    const sandbox = makeSandbox({
      "net.layers": `block prefix(units) { Dense(units) }
model Net {
  weights "./w.npz" input [2]
  prefix(3)
  prefix: Dense(1)
}`,
    });
    expect((await layerc(sandbox, "check", "net.layers")).stderr).toContain("Can't read the weight file './w.npz'");
  });
});
