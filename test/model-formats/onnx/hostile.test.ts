import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importOnnx } from "./import-text.ts";
import { operatorModels } from "./operators/index.ts";
import { onnx, tensor, value, type TestModel, type TestNode } from "./make-onnx.ts";

const weights = tensor("w", [3, 2], { floats: [1, 2, 3, 4, 5, 6] });
const product: TestNode = { op: "MatMul", in: ["x", "w"], out: ["y"], name: "product" };
const model = (changes: Partial<TestModel>): Uint8Array =>
  onnx({ nodes: [product], initializers: [weights], ...changes });
const chain = (...nodes: readonly TestNode[]): Uint8Array => model({ nodes });

describe("graphs that are no model, or none of Layers", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /is empty/],
    ["text", new TextEncoder().encode("this is no protobuf at all"), /damaged/],
    ["zeros", new Uint8Array(64), /damaged/],
    ["no graph", new Uint8Array([8, 8]), /has no graph, or is no ONNX file/],
    ["no input", model({ inputs: [] }), /has 0 inputs/],
    [
      "two inputs",
      model({
        inputs: [value("x", ["n", 3]), value("z", ["n", 3])],
        nodes: [{ op: "Add", in: ["x", "z"], out: ["y"] }],
      }),
      /has 2 inputs/,
    ],
    [
      "two outputs",
      model({ nodes: [product, { op: "Relu", in: ["y"], out: ["z"] }], outputs: ["y", "z"] }),
      /has 2 outputs, 'y' \(on the way to 'z'\), 'z'; choose one with --output/,
    ],
    ["an output that nothing makes", model({ outputs: ["nowhere"] }), /nothing makes its output 'nowhere'/],
    ["an input without a shape", model({ inputs: [value("x", undefined)] }), /has no shape/],
    [
      "integers that are computed with",
      model({
        inputs: [value("x", ["n", 3], 6)],
        nodes: [{ op: "Div", in: ["x", "x"], out: ["y"], name: "half" }],
      }),
      /node 'half' \(Div\) computes with integers; Layers computes with floats: cast them before/,
    ],
    [
      "numbers that are rounded to bytes",
      chain({ op: "Cast", in: ["x"], out: ["y"], name: "round", attributes: { to: { i: 2 } } }),
      /node 'round' \(Cast\) rounds numbers to another type/,
    ],
    [
      "a batch of what has no batch axis",
      model({
        input: [3],
        nodes: [{ op: "BatchNormalization", in: ["x", "b", "b", "b", "b"], out: ["y"], name: "bn" }],
        initializers: [tensor("b", [3], { floats: [1, 2, 3] })],
      }),
      /node 'bn' \(BatchNormalization\) works on a batch, and its input has no batch axis/,
    ],
    [
      "scales that do not fit",
      model({
        nodes: [
          { op: "DequantizeLinear", in: ["w", "s"], out: ["d"], name: "dq" },
          { ...product, in: ["x", "d"] },
        ],
        initializers: [weights, tensor("s", [3], { floats: [1, 2, 3] })],
      }),
      /node 'dq' \(DequantizeLinear\) has scales of \[3\] for an array of \[3, 2\]/,
    ],
    [
      "a Scaler of other features",
      chain({
        op: "Scaler",
        in: ["x"],
        out: ["y"],
        name: "s",
        domain: "ai.onnx.ml",
        attributes: { scale: { floats: [1, 2] } },
      }),
      /node 's' \(ai.onnx.ml.Scaler\) has as many numbers as no axis of \[3\]/,
    ],
    [
      "one row of coefficients for three classes",
      chain({
        op: "LinearClassifier",
        in: ["x"],
        out: ["label", "y"],
        name: "c",
        domain: "ai.onnx.ml",
        attributes: {
          coefficients: { floats: [1, 2, 3] },
          intercepts: { floats: [1] },
          classlabels_ints: { ints: [0, 1, 2] },
        },
      }),
      /node 'c' \(ai.onnx.ml.LinearClassifier\) has 1 row of coefficients for 3 classes/,
    ],
    [
      "a norm that Layers has not",
      chain({
        op: "Normalizer",
        in: ["x"],
        out: ["y"],
        name: "n",
        domain: "ai.onnx.ml",
        attributes: { norm: { s: "MAX" } },
      }),
      /node 'n' \(ai.onnx.ml.Normalizer\) divides by the MAX norm; Layers divides by the L2 norm/,
    ],
    ["an input without axes", model({ inputs: [value("x", [])] }), /has no batch axis/],
    ["an input of texts", model({ inputs: [value("x", ["n", 3], 8)] }), /holds no numbers/],
    ["a huge axis", model({ input: ["n", 2 ** 53] }), /multiplies \[9007199254740992\] with \[3, 2\]/],
    [
      "a missing weight",
      chain({ ...product, in: ["x", "v"] }),
      /node 'product' \(MatMul\) reads 'v', which nothing makes|reads 'v'/,
    ],
    [
      "a cycle",
      chain(
        { op: "Add", in: ["x", "b"], out: ["a"], name: "one" },
        { op: "Relu", in: ["a"], out: ["b"], name: "two" },
        { op: "Relu", in: ["b"], out: ["y"] },
      ),
      /cycle/,
    ],
    [
      "a node that reads itself",
      chain({ op: "Add", in: ["x", "y"], out: ["y"], name: "self" }),
      /cycle, with 'self' \(Add\)/,
    ],
    ["a tensor made twice", chain(product, product), /makes 'y' twice/],
    ["two arrays of one name", model({ initializers: [weights, weights] }), /two arrays called 'w'/],
    [
      "a branch",
      chain(
        { op: "Relu", in: ["x"], out: ["a"], name: "left" },
        { op: "MatMul", in: ["x", "w"], out: ["b"], name: "right" },
        { op: "Add", in: ["a", "b"], out: ["y"] },
      ),
      /'left' \(Relu\) and node 'right' \(MatMul\) read the same tensor/,
    ],
    [
      "a convolution",
      chain({ op: "Conv", in: ["x", "w"], out: ["y"], name: "conv1" }),
      /node 'conv1' \(Conv\) is not supported; Layers has no convolutions/,
    ],
    [
      "another domain",
      chain({ op: "Gemm", in: ["x", "w"], out: ["y"], name: "g", domain: "com.microsoft" }),
      /\(com\.microsoft\.Gemm\) is not supported; export/,
    ],
    [
      "transA",
      chain({ op: "Gemm", in: ["x", "w"], out: ["y"], name: "g", attributes: { transA: { i: 1 } } }),
      /node 'g' \(Gemm\) transposes its input/,
    ],
    ["a kernel on the left", chain({ op: "MatMul", in: ["w", "x"], out: ["y"], name: "m" }), /constant on the right/],
    ["a kernel that does not fit", model({ input: ["n", 5] }), /multiplies \[5\] with \[3, 2\]/],
    [
      "a moved batch axis",
      chain({ op: "Transpose", in: ["x"], out: ["y"], name: "t", attributes: { perm: { ints: [1, 0] } } }),
      /node 't' \(Transpose\) moves the batch axis/,
    ],
    [
      "a softmax over samples",
      chain({ op: "Softmax", in: ["x"], out: ["y"], name: "s", attributes: { axis: { i: 0 } } }),
      /works along axis 0/,
    ],
  ])("%s", async (_, bytes, message) => {
    const { source, messages } = await importOnnx(bytes);
    expect(messages.join("\n")).toMatch(message);
    expect(messages.length).toBe(1);
    expect(source).toBeUndefined();
  });
});

describe("arrays", () => {
  const huge = 2 ** 40;
  test.each<[string, Uint8Array, RegExp]>([
    ["negative sizes", tensor("w", [-3, 2], { floats: [1] }), /impossible shape \[-3, 2\]/],
    ["absurd sizes", tensor("w", [huge, huge], { floats: [1] }), /above \d+ bytes/],
    ["sizes beyond what the file holds", tensor("w", [3, 20_000_000], { floats: [1, 2, 3] }), /is not whole/],
    ["too few numbers", tensor("w", [3, 2], { floats: [1, 2, 3] }), /has 3 elements, its shape has 6/],
    ["too many numbers", tensor("w", [3, 1], { floats: [1, 2, 3, 4] }), /more elements than its shape/],
    ["raw bytes that do not fit", tensor("w", [3, 2], { raw: new Uint8Array(23) }), /has 23 bytes/],
    ["texts", tensor("w", [3], { strings: ["a", "b", "c"] }), /holds texts/],
    [
      "complex numbers",
      tensor("w", [3, 2], { raw: new Uint8Array(48), type: 14 }),
      /holds neither floats nor integers/,
    ],
    ["external data", tensor("w", [3, 2], { external: true }), /the array 'w' of shape \[3, 2\] has \d+ bytes/],
    [
      "many axes",
      tensor(
        "w",
        Array.from({ length: 100 }, () => 1),
        { floats: [1] },
      ),
      /list of more than 32/,
    ],
  ])("%s", async (_, array, message) => {
    const { source, messages } = await importOnnx(model({ initializers: [array] }));
    expect(messages.join("\n")).toMatch(message);
    expect(source).toBeUndefined();
  });

  test("constants that grow with each step are bounded", async () => {
    // Each doubling step broadcasts two vectors to a matrix.
    const vector = tensor("v0", [1, 20_000], { raw: new Uint8Array(80_000) });
    const column = tensor("c0", [20_000, 1], { raw: new Uint8Array(80_000) });
    const bytes = onnx({
      nodes: [
        { op: "Add", in: ["v0", "c0"], out: ["big"], name: "grow" },
        { op: "MatMul", in: ["x", "big"], out: ["y"] },
      ],
      initializers: [vector, column],
      input: ["n", 20_000],
    });
    expect((await importOnnx(bytes)).messages.join()).toMatch(/bytes/);
  });

  test("a long chain of constants ends", async () => {
    const nodes: TestNode[] = Array.from({ length: 5000 }, (_, at) => ({
      op: "Neg",
      in: [`c${at}`],
      out: [`c${at + 1}`],
    }));
    const bytes = onnx({
      nodes: [...nodes, { op: "MatMul", in: ["x", "c5000"], out: ["y"] }],
      initializers: [tensor("c0", [3, 2], { raw: new Uint8Array(24) })],
    });
    expect((await importOnnx(bytes)).messages.join()).toMatch(/too many steps/);
  });

  test.each(["Mul", "Concat"])("a shape that doubles with each %s ends", async (op) => {
    const nodes: TestNode[] = Array.from({ length: 45 }, (_, at) => ({
      op,
      in: [`s${at}`, `s${at}`],
      out: [`s${at + 1}`],
      ...(op === "Concat" ? { attributes: { axis: { i: 0 } } } : {}),
    }));
    const bytes = onnx({
      nodes: [
        { op: "Shape", in: ["x"], out: ["s0"] },
        ...nodes,
        { op: "Reshape", in: ["x", "s45"], out: ["y"], name: "reshape" },
      ],
    });
    expect((await importOnnx(bytes)).messages.join()).toMatch(/node 'reshape' \(Reshape\)/);
  });

  test("an expression that doubles with each node ends", async () => {
    const nodes: TestNode[] = Array.from({ length: 200 }, (_, at) => ({
      op: "Mul",
      in: [at === 0 ? "x" : `t${at}`, at === 0 ? "x" : `t${at}`],
      out: [at === 199 ? "y" : `t${at + 1}`],
      name: `n${at}`,
    }));
    expect((await importOnnx(onnx({ nodes }))).messages.join()).toMatch(/node 'n0' \(Mul\)/);
  });
});

describe("damage", () => {
  const whole = onnx({
    nodes: [
      { op: "Gemm", in: ["x", "w", "b"], out: ["h"], attributes: { transB: { i: 1 }, alpha: { f: 2 } } },
      { op: "Relu", in: ["h"], out: ["r"] },
      { op: "Reshape", in: ["r", "s"], out: ["y"] },
    ],
    initializers: [
      tensor("w", [2, 3], { floats: [1, 2, 3, 4, 5, 6] }),
      tensor("b", [2], { double: [1, 2] }),
      tensor("s", [2], { int64: [0, -1] }),
    ],
  });

  test("every truncation is a diagnostic or a whole model", async () => {
    expect((await importOnnx(whole)).messages).toEqual([]);
    for (let length = 0; length < whole.length; length++) {
      const { source, messages } = await importOnnx(whole.subarray(0, length));
      expect(source === undefined).toBe(messages.length > 0);
    }
  });

  test("changed bytes never throw", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, to] of changes) bytes[at] = to;
          const { source, messages } = await importOnnx(bytes);
          expect(source !== undefined || messages.length > 0).toBe(true);
        },
      ),
      { numRuns: 2000, seed: 7 },
    );
  });

  test("changed bytes of any model of the table never throw", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operatorModels),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async ({ model: made }, changes) => {
          const bytes = onnx(made);
          for (const [at, to] of changes) bytes[at % bytes.length] = to;
          const { source, messages } = await importOnnx(bytes);
          expect(source !== undefined || messages.length > 0).toBe(true);
        },
      ),
      { numRuns: Number(process.env["HOSTILE_ONNX"] ?? 1000), seed: 7 },
    );
  });

  test("random bytes never throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await importOnnx(bytes)).messages.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
