/** Sources without an error, which between them use the whole grammar. */
export const samples: readonly string[] = [
  `let latent = 100

/// Projects a latent vector
/// to a volume.
model Generator {
  input [latent]
  Dense(10*10*256, use_bias=false) -> [25600]              // asserted
  Reshape([10, 10, 256])
}
`,
  `model Digits {
  weights "./digits.keras"
  input [64]
  Rescaling(1/16)
  hidden: Dense(64, activation=relu,
                kernel_initializer=he_normal(seed=7),
                kernel_regularizer=l2(1e-4),)
  Dropout(.2)  "dense-1": Dense(32, activation=none)
  Dense(10, activation=softmax)
  labels ["0", "1", "\\u00e9", "\\"",]
  /// How it was trained.
  compile(adam(1e-3), loss=mse, metrics=[mae,],)
}
`,
  `import { Hidden, input, } from "./blocks.layers"
dim time /* known at run time */
let input = -2 ** -3 ** 2 + 1_000.5e-3 % (3 - +1) / floor(7)
block Residualless(units, rate=0.1,) {
  repeat: Dense(units, activation=gelu)
  input: LayerNormalization()
  let: Dropout(rate)
}
model Encoder { input [time, 128] repeat 3 * input { Residualless(64) Hidden } -> [time, 64] Encoder none: Dense(3) }
`,
];
