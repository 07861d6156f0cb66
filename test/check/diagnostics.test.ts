import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../src/check/diagnostics.ts";
import { layerDiagnostics } from "../../src/layers/diagnostics.ts";
import { diagnose } from "./marked-text.ts";

/** One small file per case with a single error: its code, and the text with the place marked. */
const cases: readonly (readonly [code: string, text: string])[] = [
  // Arguments
  ["missing-argument", "model M { input [4] «Dense()» }"],
  ["missing-argument", "block B(units) { Dense(units) } model M { input [4] «B()» }"],
  ["missing-argument", "let n = «floor()» model M { input [4] Dense(n) }"],
  ["unknown-argument", "model M { input [4] Dense(3, «unit»=3) }"],
  ["unknown-argument", "model M { input [4] Dense(3, kernel_initializer=he_normal(«sed»=3)) }"],
  ["unknown-argument", "model M { input [4] Activation(leaky_relu(«alpha»=0.1)) }"],
  ["duplicate-argument", "model M { input [4] Dense(3, «units»=3) }"],
  ["duplicate-argument", "model M { input [4] Dense(3, use_bias=true, «use_bias»=true) }"],
  ["too-many-arguments", "model M { input [4] Dropout(0.5, none, 7, «8», 9) }"],
  ["too-many-arguments", "block B() { Dense(1) } model M { input [4] B(«1») }"],
  ["positional-after-named", "model M { input [4] Dense(units=3, «relu») }"],
  ["argument-type", 'model M { input [4] Dense(«"64"») }'],
  ["argument-type", "model M { input [4] Dense(«none») }"],
  ["argument-type", "model M { input [4] Dense(«true») }"],
  ["argument-type", "model M { input [4] Dense(«relu») }"],
  ["argument-type", "model M { input [4] Dense(2, activation=«3») }"],
  ["argument-type", "dim time model M { input [4] Dense(«time») }"],
  ["argument-type", "model M { input [4] Reshape(«true») }"],
  ["argument-type", "model M { input [4] Dense(3, use_bias=«1») }"],
  ["argument-type", "model M { input [«true», 4] Dense(3) }"],
  ["argument-range", "model M { input [4] Dense(«0») }"],
  ["argument-range", "model M { input [4] Dense(«-3») }"],
  ["argument-range", "model M { input [4] Dropout(«1.5») }"],
  ["argument-range", "model M { input [4] Dropout(«-0.1») }"],
  ["argument-range", "model M { input [4] ReLU(max_value=«-1.0») }"],
  ["argument-range", "model M { input [4] ReLU(negative_slope=«-0.1») }"],
  ["argument-range", "model M { input [4] Dense(2, kernel_regularizer=l2(«-1.0»)) }"],
  ["argument-range", "model M { input [4] Dense(2, kernel_initializer=variance_scaling(«0»)) }"],
  ["argument-range", "model M { input [«-1»] Dense(2) }"],
  ["argument-range", "model M { input [4] repeat «-1» { Dense(2) } }"],
  ["not-an-integer", "model M { input [4] Dense(«2.5») }"],
  ["not-an-integer", "model M { input [4] Dense(«2**60») }"],
  ["not-an-integer", "model M { input [4] repeat «5/2» { Dense(2) } }"],
  ["keyword-as-string", 'model M { input [4] Dense(2, activation=«"relu"») }'],
  ["keyword-as-string", 'model M { input [4] Flatten(«"channels_last"») }'],
  ["unknown-keyword", "model M { input [4] Dense(2, activation=«reluu») }"],
  ["unknown-keyword", 'model M { input [4] Dense(2, activation=«"reluu"») }'],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_initializer=«nope») }"],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_initializer=«nope»(seed=1)) }"],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_regularizer=«nope») }"],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_constraint=«nope») }"],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_initializer=variance_scaling(mode=«fan_max»)) }"],
  ["unknown-keyword", "model M { input [4] Dense(2, kernel_initializer=«l2») }"],
  ["needs-matrix", "model M { input [4] Dense(2, bias_initializer=«identity») }"],
  ["needs-matrix", "model M { input [4] Dense(2, bias_regularizer=«orthogonal_regularizer») }"],
  ["unknown-name", "model M { input [4] Dense(«units») }"],
  ["unknown-name", "model M { input [«time», 4] Dense(3) }"],
  ["unknown-name", "let a = «b» model M { input [4] Dense(3) }"],
  ["unknown-function", "let a = «half»(3) model M { input [4] Dense(3) }"],
  ["unknown-function", "model M { input [4] Dense(«half»(3)) }"],
  // Training
  ["argument-type", "model M { input [4] Dense(1, trainable=«0») }"],
  ["too-many-arguments", "model M { input [4] Identity(«true») Dense(1) }"],
  ["unknown-argument", "model M { input [4] Identity(«trainabel»=true) Dense(1) }"],
  ["argument-type", "model N { input [4] Dense(1) } model M { input [4] N(trainable=«0») }"],
  ["model-with-parentheses", "model N { input [4] Dense(1) } model M { input [4] «N»(false) }"],
  ["missing-argument", "model M { input [4] Dense(1) «compile»(adam) }"],
  ["unknown-argument", "model M { input [4] Dense(1) compile(adam, «losss»=mse) }"],
  ["unknown-keyword", "model M { input [4] Dense(1) compile(«adm», mse) }"],
  ["unknown-keyword", "model M { input [4] Dense(1) compile(adam, «mee») }"],
  ["unknown-keyword", "model M { input [4] Dense(1) compile(adam, mse, metrics=[«accurracy»]) }"],
  ["unknown-keyword", "model M { input [4] Dense(1) compile(adam(«cosine_decai»(0.1, 10)), mse) }"],
  ["keyword-as-string", 'model M { input [4] Dense(1) compile(«"adam"», mse) }'],
  ["keyword-as-string", 'model M { input [4] Dense(1) compile(adam, mse, metrics=[«"accuracy"»]) }'],
  ["argument-range", "model M { input [4] Dense(1) compile(adam(beta_1=«1.5»), mse) }"],
  ["argument-type", "model M { input [4] Dense(1) compile(adam, mse, metrics=«mae») }"],
  ["argument-type", "model M { input [4] Dense(1) compile(adam, mse, metrics=«auc()») }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(adam, mse, «[mae]») }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(adam, mse, «jit_compile»=false) }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(«run_eagerly»=true, loss=mse) }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(adam, mse, «weighted_metrics»=[mae]) }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(loss=mse, «learning_rate»=0.1) }"],
  ["compile-argument", "model M { input [4] Dense(1) compile(loss=mse, «epochs»=10) }"],
  ["duplicate-clause", "model M { input [4] Dense(1) compile(adam, mse) «compile(sgd, mse)» }"],
  ["misplaced-clause", "model M { input [4] repeat 2 { Dense(1) «compile(adam, mse)» } }"],
  ["misplaced-clause", "block B() { Dense(1) «compile(adam, mse)» } model M { input [4] B() }"],
  // Expressions
  ["division-by-zero", "let a = «1 / 0» model M { input [4] Dense(3) }"],
  ["division-by-zero", "model M { input [4] Dense(«7 % 0») }"],
  ["number-not-finite", "let a = «10 ** 400» model M { input [4] Dense(3) }"],
  ["number-not-finite", "let a = «(-8) ** 0.5» model M { input [4] Dense(3) }"],
  ["dim-arithmetic", "dim time model M { input [2 * «time»] Dense(3) }"],
  ["arithmetic-operand", 'let a = 1 + «"2"» model M { input [4] Dense(3) }'],
  ["arithmetic-operand", "let a = -«true» model M { input [4] Dense(3) }"],
  ["not-a-value", "block B() { Dense(1) } model M { input [4] Dense(«B») }"],
  ["not-a-function", "let a = 1 model M { input [4] Dense(«a»(3)) }"],
  ["let-cycle", "let «a» = b + 1 let b = c let c = 2 * a model M { input [4] Dense(a) }"],
  ["let-cycle", "let «a» = a model M { input [4] Dense(3) }"],
  // Declarations and imports
  ["duplicate-declaration", "let a = 1 dim «a» model M { input [4] Dense(3) }"],
  ["builtin-redeclared", "let «relu» = 1 model M { input [4] Dense(3) }"],
  ["builtin-redeclared", "block «Dense»() { Flatten() } model M { input [4] Dense(3) }"],
  ["builtin-redeclared", "let «floor» = 1 model M { input [4] Dense(3) }"],
  ["duplicate-parameter", "block B(a, «a») { Dense(a) } model M { input [4] Dense(3) }"],
  ["parameter-order", "block B(a=1, «b») { Dense(b) } model M { input [4] Dense(3) }"],
  ["unusable-dim-name", "dim «__proto__» model M { input [4] Dense(3) }"],
  ["unknown-import", 'import { «Hiden» } from "./lib.layers" model M { input [4] Dense(3) }'],
  ["unused-import", 'import { «Hidden» } from "./lib.layers" model M { input [4] Dense(3) }'],
  // Statements
  ["unknown-layer", "model M { input [4] «Dens»(3) }"],
  ["unknown-layer", "model M { input [4] «relu»() }"],
  ["unknown-layer", "block B() { «Nope»() } model M { input [4] Dense(3) }"],
  ["unknown-layer", "model M { input [4] repeat 0 { «Nope»() } Dense(3) }"],
  ["unsupported-layer", "model M { input [4] «Conv2D»(3, 3) }"],
  ["unsupported-layer", "model M { input [4] «Conv2D»(3, 3) MaxPooling2D(2) }"],
  ["not-a-layer", "let a = 1 model M { input [4] «a» }"],
  ["not-a-layer", "dim a model M { input [4] «a»() }"],
  ["not-a-layer", "block B(x) { «x»() } model M { input [4] Dense(3) }"],
  ["missing-parentheses", "model M { input [4] «Flatten» }"],
  ["missing-parentheses", "block B() { Dense(1) } model M { input [4] «B» }"],
  ["model-with-parentheses", "model A { input [4] Dense(4) } model M { input [4] «A»() }"],
  ["label-on-expansion", "block B() { Dense(1) } model M { input [4] «x»: B() }"],
  ["label-on-expansion", "model M { input [4] «x»: repeat 2 { Dense(1) } }"],
  ["invalid-layer-name", 'model M { input [4] «"a/b"»: Dense(1) }'],
  ["invalid-layer-name", 'model M { input [4] «""»: Dense(1) }'],
  ["invalid-layer-name", "model M { input [4] «__proto__»: Dense(1) }"],
  ["duplicate-layer-name", "model M { input [4] a: Dense(1) «a»: Dense(1) }"],
  ["duplicate-layer-name", "block B() { «a»: Dense(1) } model M { input [4] a: Dense(1) B() }"],
  ["empty-body", "model M { input [4] Dense(3) «repeat 2 {}» }"],
  ["empty-body", "block «B»() {} model M { input [4] Dense(3) }"],
  ["misplaced-clause", "model M { input [4] repeat 2 { «input [4]» Dense(3) } }"],
  ["misplaced-clause", 'block B() { «weights "a.keras"» Dense(3) } model M { input [4] B() }'],
  ["recursive-use", "block «A»() { B() } block B() { A() } model M { input [4] A() }"],
  ["recursive-use", "model «M» { input [4] M }"],
  // Clauses
  ["missing-input", "model «M» { Dense(3) }"],
  ["duplicate-clause", "model M { input [4] «input [4]» Dense(3) }"],
  ["duplicate-clause", 'model M { input [4] Dense(1) labels ["a"] «labels ["a"]» }'],
  ["input-after-layer", "model M { Dense(3) «input [4]» }"],
  ["model-without-layers", "model «M» { input [4] }"],
  ["model-without-layers", "model «M» { input [4] repeat 0 { Dense(3) } }"],
  ["empty-weights-path", 'model M { weights «""» input [4] Dense(3) }'],
  [
    "weights-overlap",
    'model A { weights "./a.keras" input [4] Dense(4) } model M { «weights "./m.keras"» input [4] A }',
  ],
  ["label-not-a-string", 'model M { input [4] Dense(2) labels ["a", «1»] }'],
  ["duplicate-label", 'model M { input [4] Dense(2) labels ["a", «"a"»] }'],
  ["label-count", 'model M { input [4] Dense(2) labels «["a", "b", "c"]» }'],
  ["label-count", 'dim time model M { input [time] ReLU() labels «["a"]» }'],
  ["export-collision", "model Digits { input [4] Dense(3) } model «digits» { input [4] Dense(3) }"],
  ["export-collision", "model Digits { input [4] Dense(3) } model «CreateDigits» { input [4] Dense(3) }"],
  ["export-collision", 'model Digits { input [4] Dense(1) labels ["a"] } model «DigitsClass» { input [4] Dense(3) }'],
  ["export-collision", 'model Digits { input [4] Dense(1) labels ["a"] } model «DigitsLabels» { input [4] Dense(3) }'],
  [
    "export-collision",
    'model ClassifyDigits { input [4] Dense(3) } model «Digits» { input [4] Dense(1) labels ["a"] }',
  ],
  ["export-reserved", "model «Class» { input [4] Dense(3) }"],
  ["export-reserved", "model «Float32Array» { input [4] Dense(3) }"],
  ["export-reserved", "model «Eval» { input [4] Dense(3) }"],
  ["export-reserved", "model «__proto__» { input [4] Dense(3) }"],
  // Shapes
  ["dense-last-axis-unknown", "dim time model M { input [64, time] «out: Dense(10)» }"],
  ["dense-needs-axis", "model M { input [] «Dense(10)» }"],
  ["axis-out-of-range", "model M { input [4] Softmax(axis=«0») }"],
  ["axis-out-of-range", "model M { input [4] Softmax(«2») }"],
  ["axis-out-of-range", "model M { input [4] Softmax(«-2») }"],
  ["axis-out-of-range", "model M { input [] Activation(«softmax») }"],
  ["spatial-dropout-rank", "model M { input [4] «SpatialDropout1D(0.5)» }"],
  ["axis-repeated", "model M { input [2, 3] LayerNormalization(axis=«[1, -2]») }"],
  ["axis-size-unknown", "dim time model M { input [time, 3] BatchNormalization(axis=«1») }"],
  ["axis-not-halved", "model M { input [2, 3] Dense(5, activation=«glu») }"],
  ["einsum-mismatch", 'model M { input [2, 3] «EinsumDense("ab,bc->ac", 4)» }'],
  ["permute-dims", "model M { input [2, 3] Permute(«[2, 3]») }"],
  ["repeat-vector-rank", "model M { input [2, 3] «RepeatVector(4)» }"],
  ["groups-indivisible", "model M { input [2, 6] GroupNormalization(«4») }"],
  ["normalization-pair", "model M { input [2] Normalization(mean=«0») }"],
  ["normalization-values", "model M { input [2] Normalization(mean=«[1, 2, 3]», variance=1) }"],
  ["rescaling-values", "model M { input [2] Rescaling(«[1, 2, 3]») }"],
  ["rescaling-values", "model M { input [2] Rescaling(1, offset=«[[1], [2, 3]]») }"],
  ["embedding-mask", "model M { input [2] Embedding(5, 3, mask_zero=«true») }"],
  ["pooling-rank", "model M { input [2] «GlobalMaxPooling1D()» }"],
  ["time-distributed-rank", "model M { input [2] «TimeDistributed(Dense(3))» }"],
  ["reshape-size", "model M { input [6] Reshape(«[4, 2]») }"],
  ["reshape-indivisible", "model M { input [6] Reshape(«[4, -1]») }"],
  ["reshape-unknown-dim", "dim time model M { input [6] Reshape(«[time, 6]») }"],
  ["target-axis", "model M { input [6] Reshape([6, «0»]) }"],
  ["target-axis", "model M { input [6] Reshape([6, «-2»]) }"],
  ["target-two-unknown", "model M { input [6] Reshape(«[-1, -1]») }"],
  ["shape-assertion-failed", "model M { input [6] Dense(4) «-> [5]» }"],
  ["shape-assertion-failed", "model M { input [6] repeat 2 { Dense(4) } «-> [5]» }"],
  ["nested-input-mismatch", "model A { input [3] Dense(4) } model M { input [4] «A» }"],
  ["nested-input-mismatch", "dim s dim t model A { input [s, 3] Dense(4) } model M { input [t, 3] «A» }"],
  ["softmax-of-one", "model M { input [4] Dense(1, «softmax») }"],
  ["softmax-of-one", "model M { input [4, 1] Activation(«softmax») }"],
  ["softmax-of-one", "model M { input [1, 4] Softmax(axis=«1») }"],
  ["softmax-of-one", "model M { input [4, 1] «Softmax()» }"],
  ["softmax-twice", "model M { input [4] Dense(3, softmax) «Softmax()» }"],
  ["unused-declaration", "let «hidden» = 16 model M { input [4] Dense(3) }"],
  ["labels-of-rows", 'model M { input [28, 28] Dense(2) labels «["cat", "dog"]» }'],
  // Limits
  ["axis-too-large", "model M { input [4] «Dense(1e15)» }"],
  ["axis-too-large", "model M { input «[1e9]» Dense(1) }"],
  ["rank-too-high", `model M { input «[${"1, ".repeat(17)}]» Dense(1) }`],
  ["tensor-too-large", "model M { input «[60000, 60000]» Dense(1) }"],
  ["too-many-parameters", "model M { input [60000] «Dense(60000)» }"],
  ["repeat-too-often", "model M { input [4] repeat «1e9» { Dense(4) } }"],
  ["too-many-layers", "model M { input [4] repeat 101 { repeat 100 { «Dense(4)» } } }"],
];

describe("each diagnostic is reported alone and at its place", () => {
  test.each(cases)("%s: %s", async (code, text) => {
    const result = await diagnose(text, { "lib.layers": "block Hidden(units) { Dense(units) }" });
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(result.found).toEqual(result.expected);
  });

  test("nesting beyond the limit", async () => {
    const blocks = Array.from({ length: 70 }, (_, i) => `block B${i}() { ${i === 0 ? "Dense(4)" : `B${i - 1}()`} }`);
    const { diagnostics, models } = await diagnose(`${blocks.join("\n")} model M { input [4] B69() }`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["expansion-too-deep"]);
    expect(models).toEqual([]);
  });

  test("expanding beyond the limit without a layer", async () => {
    const empty = "block N() { repeat 0 { Dense(1) } }";
    const { diagnostics } = await diagnose(
      `${empty} model M { input [4] Dense(4) repeat 10000 { repeat 10000 { N() } } } model N2 { input [4] Dense(4) }`,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["expansion-too-long"]);
  });

  test("every diagnostic has a case", () => {
    const covered = new Set([...cases.map(([code]) => code), "expansion-too-deep", "expansion-too-long"]);
    const all = [...checkDiagnostics, ...layerDiagnostics].map(({ code }) => code);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((code) => !covered.has(code))).toEqual([]);
  });
});
