import { describe, expect, test } from "vitest";
import { beforePasses, compile, emitIr, irStages, passNames, type IrStage } from "../../src/index.ts";
import { functionOf, irText } from "../passes/ir-text.ts";

const source = "model Net { input [4]  hidden: Dense(3, tanh)  Dense(2, softmax) }";

describe("the stages", () => {
  test("have passes with names and descriptions", () => {
    expect(irStages.map(({ name }) => name)).toEqual(["graph", "loops", "vectors"]);
    const graph = ["fold-affine", "drop-units", "fuse", "round-kernels", "quantize-kernels", "find-zeros"];
    expect(passNames("graph")).toEqual(graph);
    expect(passNames("loops")).toContain("share-indices");
    expect(passNames("vectors")).toEqual(["join-kernels"]);
  });

  test("the graph: an operation a line", async () => {
    expect(await irText(source, "graph", beforePasses)).toMatchInlineSnapshot(`
      "Net(%0: [4]) -> [2] {
        // hidden: Dense [4] -> [3], tanh
        %1: [3] = dense(%0, hidden.kernel [4, 3], hidden.bias [3])
        // hidden: Dense [4] -> [3], tanh
        %2: [3] = elementwise(%1) | tanh
        // dense: Dense [3] -> [2], softmax
        %3: [2] = dense(%2, dense.kernel [3, 2], dense.bias [2])
        // dense: Dense [3] -> [2], softmax
        %4: [2] = softmax(%3, axis 0)
        return %4
      }
      "
    `);
  });

  test("the loops: code", async () => {
    expect(await irText(source, "loops", beforePasses)).toMatchInlineSnapshot(`
      "// hidden: Dense [4] -> [3], tanh
      // straight-line: 12 multiply-adds a row, within the unrolling budget of 256
      hidden(x[4]) -> a[3] {
        for unit in 0..3 {
          var sum = hidden.bias[unit]
          for k in 0..4 {
            sum += hidden.kernel[k * 3 + unit] * x[xStart + k]
          }
          a[unit] = tanh(sum)
        }
      }

      // dense: Dense [3] -> [2], softmax
      // straight-line: 6 multiply-adds a row, within the unrolling budget of 256
      dense.dense(a[3]) -> b[2] {
        for unit in 0..2 {
          var sum = dense.bias[unit]
          for k in 0..3 {
            sum += dense.kernel[k * 2 + unit] * a[k]
          }
          b[unit] = sum
        }
      }

      // dense: Dense [3] -> [2], softmax
      // straight-line: 2 elements, within the unrolling budget of 32
      dense.softmax(b[2]) -> y[2] {
        var maximum = -Infinity
        for i in 0..2 {
          maximum = max(maximum, b[i])
        }
        var total = 0
        for i in 0..2 {
          let e = exp(b[i] - maximum)
          y[yStart + i] = e
          total += e
        }
        for i in 0..2 {
          y[yStart + i] = y[yStart + i] / total
        }
      }
      "
    `);
  });

  test("the loops on vectors, for one sample and for many", async () => {
    const text = await irText("model Net { input [9]  Dense(2) }", "vectors", "join-kernels");
    const [many, one] = text.split("// for one sample");
    expect(many).toContain("// for 6 samples or more\n");
    expect(one).toMatchInlineSnapshot(`
      "

      // dense: Dense [9] -> [2]
      dense(x[9]) -> y[2] {
        var sum0 = dense.bias[0:4]
        var sum0a = 0
        var sum0b = 0
        var sum0c = 0
        let x0 = splat(x[0])
        sum0 = fma(x0, dense.kernel.panels8[0:4], sum0)
        let x1 = splat(x[1])
        sum0a = fma(x1, dense.kernel.panels8[4:4], sum0a)
        let x2 = splat(x[2])
        sum0b = fma(x2, dense.kernel.panels8[8:4], sum0b)
        let x3 = splat(x[3])
        sum0c = fma(x3, dense.kernel.panels8[12:4], sum0c)
        let x4 = splat(x[4])
        sum0 = fma(x4, dense.kernel.panels8[16:4], sum0)
        let x5 = splat(x[5])
        sum0a = fma(x5, dense.kernel.panels8[20:4], sum0a)
        let x6 = splat(x[6])
        sum0b = fma(x6, dense.kernel.panels8[24:4], sum0b)
        let x7 = splat(x[7])
        sum0c = fma(x7, dense.kernel.panels8[28:4], sum0c)
        let x8 = splat(x[8])
        sum0 = fma(x8, dense.kernel.panels8[32:4], sum0)
        let kept0 = sum0 + sum0a + sum0b + sum0c
        y[0:2] = kept0
      }
      "
    `);
  });

  test("every function is headed by its layers", async () => {
    for (const { name: stage, passes } of irStages) {
      for (const pass of [beforePasses, ...passes.map(({ name }) => name)]) {
        const text = await irText(source, stage, pass);
        for (const layer of ["hidden: Dense [4] -> [3], tanh", "dense: Dense [3] -> [2], softmax"]) {
          expect(text, `${stage}:${pass}`).toContain(`// ${layer}\n`);
        }
      }
    }
  });
});

describe("the text", () => {
  test("run-time sizes, selections, lookups and loops of one step", async () => {
    const text = await irText(
      "dim time  model Net { input [time]  Embedding(9, 4)  LeakyReLU(0.1)  Activation(glu) }",
      "loops",
      beforePasses,
    );
    expect(text).toMatchInlineSnapshot(`
      "// 'time' is known at run time

      // embedding: Embedding [time] -> [time, 4]
      // loops: its size is known only at run time
      embedding(x[time]) -> a[4*time] {
        for i in 0..time {
          index token = lookup(x[xStart + i]) below 9
          for j in 0..4 {
            a[i * 4 + j] = embedding.embeddings[token * 4 + j]
          }
        }
      }

      // leaky_re_lu: LeakyReLU [time, 4] -> [time, 4]
      // loops: its size is known only at run time
      leaky_re_lu(a[4*time]) -> b[4*time] {
        for i in 0..4*time {
          b[i] = leaky_relu_0_1(a[i])
        }
      }

      // activation: Activation [time, 4] -> [time, 2], glu
      // straight-line: 4 elements, within the unrolling budget of 32
      activation(b[4*time]) -> y[2*time] {
        for row in 0..time {
          for i in 0..2 {
            y[yStart + row * 2 + i] = b[row * 4 + i] / (1 + exp(-b[row * 4 + i + 2]))
          }
        }
      }

      leaky_relu_0_1(x) = x < 0 ? 0.1 * x : x
      "
    `);
  });

  test("vectors: sums across lanes, fewer lanes, tiles and single rows", async () => {
    const text = await irText("model Net { input [7]  Softmax() }", "vectors", beforePasses);
    expect(text.slice(text.indexOf("// for one sample"))).toMatchInlineSnapshot(`
      "// for one sample

      // softmax: Softmax [7] -> [7]
      softmax(x[7]) -> y[7] {
        var maximum = -Infinity
        var maximumParts = -Infinity
        for i in 0..4 step 4 {
          maximumParts = max(maximumParts, x[i:4])
        }
        maximumParts = max(maximumParts, first3(x[4:4], -Infinity))
        maximum = max(maximum, max_across(maximumParts))
        var total = 0
        var totalParts = 0
        for i in 0..4 step 4 {
          let e = exp(x[i:4] - maximum)
          y[i:4] = e
          totalParts = totalParts + e
        }
        let e = exp(x[4:4] - maximum)
        y[4:3] = e
        totalParts = totalParts + first3(e, 0)
        total = total + sum_across(totalParts)
        for i in 0..4 step 4 {
          y[i:4] = y[i:4] / total
        }
        y[4:3] = y[4:4] / total
      }
      "
    `);
    const tiles = await irText("model Net { input [300]  Dense(70) }", "vectors", "join-kernels");
    expect(tiles).toMatch(/^\/\/ for any number of samples\n/);
    expect(functionOf(tiles, "dense")).toMatch(/^ {2}if samples >= 5 \{\n/m);
    expect(tiles).toContain("index firstRow = min(row, samples - 5)");
    const rounded = await irText("model Net { input [300]  Dense(70) }", "vectors", "join-kernels", {
      precision: "bfloat16",
    });
    expect(rounded).toMatch(/let w0 = low\(words0\)\n +let w1 = high\(words0\)/);
  });

  test("names of nested models, and the parts of a layer", async () => {
    const nested = "model Inner { input [2]  Dense(2, softmax) }  model Net { input [2]  inner: Inner }";
    const { texts } = await emitIr(nested, { stage: "loops" });
    const net = texts.find(({ model }) => model === "Net");
    expect(net?.text).toContain("// inner/dense: Dense [2] -> [2], softmax\n");
    expect(net?.text).toContain("inner.dense.softmax(a[2]) -> y[2] {");
    expect(net?.text).toContain("inner.dense.kernel[0] * ");
  });
});

describe("emitIr", () => {
  test("gives every model of a file", async () => {
    const { texts, diagnostics } = await emitIr(`${source}  model Other { input [1]  ReLU() }`, { stage: "graph" });
    expect(diagnostics).toEqual([]);
    expect(texts.map(({ model, text }) => [model, text.split("(")[0]])).toEqual([
      ["Net", "Net"],
      ["Other", "Other"],
    ]);
  });

  test("runs all passes of a stage, unless it is told where to end", async () => {
    const all = await emitIr(source, { stage: "loops" });
    expect(all.texts[0]?.text).toBe(await irText(source, "loops", "share-indices"));
    expect(all.texts[0]?.text).not.toBe(await irText(source, "loops", "unroll"));
  });

  test("knows the numbers of a model that has no weights, as compile does", async () => {
    const source = "model Net { input [3]  Normalization(mean=[1, 2, 3], variance=[1, 4, 16]) }";
    const { texts } = await emitIr(source, { stage: "graph" });
    expect(texts[0]?.text).toContain("weighted-map(%0, x * scale + shift, scale: normalization.scale [3]");
    const { files } = await compile(source);
    expect(files[0]?.content).toContain("x * scale + shift");
  });

  test("gives diagnostics in place of a text", async () => {
    const { texts, diagnostics } = await emitIr("model Net { input [4]  Dense() }", { stage: "graph" });
    expect(texts).toEqual([]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  test("gives the loops of a target: those that run where WebAssembly can't", async () => {
    const wide = "model Net { input [16]  Dense(64) }";
    const loops = await irText(wide, "loops", "none", { target: "wasm" });
    expect(loops).toMatch(/^\/\/ tiled loops: .*where WebAssembly can't run/m);
    expect(await irText(wide, "loops", "none")).not.toContain("WebAssembly");
    const { texts, diagnostics } = await emitIr(wide, { stage: "loops", target: "wasm", unroll: "full" });
    expect(texts).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["unroll-ignored"]);
  });

  test("prints nothing that is too much for a module", async () => {
    const large = "model Net { input [1000]  Dense(1000) }";
    const { texts, diagnostics } = await emitIr(large, { stage: "loops", unroll: "full" });
    expect(texts).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["code-too-large"]);
    expect((await emitIr(large, { stage: "graph", unroll: "full" })).texts).toHaveLength(1);
  });

  test.each<[IrStage, string]>([
    ["graph", "unroll"],
    ["loops", "fuse"],
    ["vectors", "all"],
  ])("refuses a pass that %s does not have", async (stage, after) => {
    await expect(emitIr(source, { stage, after })).rejects.toThrow(
      `'${stage}' has no pass '${after}', only none, ${passNames(stage).join(", ")}`,
    );
  });
});
