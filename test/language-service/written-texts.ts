import fc from "fast-check";

/** Right files, with everything that the language has. `lib.layers` beside them declares `Hidden`, `Encoder`, `width`. */
export const rightTexts: readonly string[] = [
  `// 😀 a comment
import { Hidden, Encoder, width } from "./lib.layers"

let latent = 2 * (width + 1)  let slope = leaky_relu(negative_slope=0.1)
dim time

/// Doc 😀.
block Narrowing(units, rate=0.1) {
  Dense(units, activation=slope, kernel_initializer=he_normal(seed=7))
  Dropout(rate)
  repeat 2 { "l😀": Dense(units * 2, relu) -> [latent] }
}

model Steps {
  input [time, 16]  // 😀
  Narrowing(latent / 2, rate=1/4)
  code: Dense(latent) -> [time, latent]
  TimeDistributed(Dense(3))
  Reshape([time, 3])
  compile(
    optimizer=adam(learning_rate=cosine_decay(1e-3, decay_steps=100)),  // 😀
    loss=mean_squared_error,
    metrics=[mae],
  )
}
`,
  `model M { weights "./w.safetensors" prefix "a." input [4] Hidden(3) x: Encoder labels ["a", "b😀"] }
import { Hidden, Encoder } from "./lib.layers"
model N { input [4] M(trainable=false) -> [3] compile(loss=mse) repeat floor(7 / 2) { Dense(4, use_bias=false, bias_initializer=zeros) } Softmax(axis=-1) }`,
  `dim steps
let shape = [2, -1]
model Small { input [steps, 4] Flatten() }
model Other {
  input [8]
  Rescaling(1/16, offset=[1, 2, 3, 4, 5, 6, 7, 8])
  Reshape(shape)
  EinsumDense("abc,cd->abd", [none, 4], activation=softmax, bias_axes="d")
  BatchNormalization(epsilon=1e-5, center=false)
}`,
];

export const lib = `/// Hidden.
block Hidden(units, rate=0.1) { Dense(units) Dropout(rate) }
model Encoder { input [3] Dense(3) }
let width = 3`;

const insertions = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  ",",
  "=",
  ":",
  "->",
  "//",
  "/*",
  "///",
  "\n",
  "\r",
  "😀",
  "\ud800",
  "\0",
  "model ",
  "let x =",
  "Dense(",
  "input",
  "repeat 2",
  "import {",
  "None",
  "\\",
  "`",
  "#",
];

/** An edit of a text somewhere: something comes in, goes, or comes twice. */
const change = fc.record({
  kind: fc.constantFrom("insert", "insert", "delete", "cut", "double"),
  at: fc.nat({ max: 9999 }).map((part) => part / 9999),
  length: fc.nat({ max: 40 }),
  text: fc.constantFrom(...insertions),
});

/** Texts as they are while somebody writes: right ones, changed in a few places. */
export const brokenText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...rightTexts), fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) =>
    changes.reduce((before, { kind, at, length, text: inserted }) => {
      const place = Math.round(at * before.length);
      const [head, tail] = [before.slice(0, place), before.slice(place)];
      switch (kind) {
        case "delete":
          return head + tail.slice(length);
        case "cut":
          return head;
        case "double":
          return head + tail.slice(0, length) + tail;
        default:
          return head + inserted + tail;
      }
    }, text),
  );
