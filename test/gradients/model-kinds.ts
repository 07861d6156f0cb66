/** A model with what one batch of it has. */
export interface ModelKind {
  readonly text: string;
  readonly optimizer: string;
  /** Values of one sample. */
  readonly input: number;
  /** Targets of one sample. */
  readonly target: number;
  /** Of the targets, where they are labels. */
  readonly classes?: number;
  /** Of the inputs, where they are indices of rows. */
  readonly rows?: number;
  readonly dims?: Readonly<Record<string, number>>;
}

/** Models that have all that a trainer keeps: slots of many kinds, numbers of optimizers, random draws, statistics, sums. */
export const modelKinds: Readonly<Record<string, ModelKind>> = {
  labels: {
    text: `model M { input [4]  Dense(6, relu)  BatchNormalization()  Dropout(0.3)  Dense(3, softmax)
      compile(optimizer=adam(cosine_decay(0.02, 50)), loss=sparse_categorical_crossentropy, metrics=[accuracy]) }`,
    optimizer: "adam(cosine_decay(0.02, 50))",
    input: 4,
    target: 1,
    classes: 3,
  },
  numbers: {
    text: `model M { input [3]  Dense(5, tanh)  GaussianNoise(0.1)  Dense(2)
      compile(optimizer=nadam, loss=huber, metrics=[mae, rmse, r2_score]) }`,
    optimizer: "nadam",
    input: 3,
    target: 2,
  },
  averages: {
    text: `model M { input [3]  Dense(4, gelu, kernel_regularizer=l2(0.01))  AlphaDropout(0.2)  Dense(1, sigmoid)
      compile(optimizer=ftrl(use_ema=true), loss=binary_crossentropy, metrics=[auc, precision, recall]) }`,
    optimizer: "ftrl(use_ema=true)",
    input: 3,
    target: 1,
    classes: 2,
  },
  words: {
    text: `dim time  model M { input [time]  Embedding(7, 3)  SpatialDropout1D(0.4)  GlobalAveragePooling1D()  Dense(2)
      compile(optimizer=rmsprop(centered=true, momentum=0.5), loss=mse) }`,
    optimizer: "rmsprop(centered=true, momentum=0.5)",
    input: 5,
    rows: 7,
    target: 2,
    dims: { time: 5 },
  },
  ranks: {
    text: `model M { input [2, 3, 2]  Dense(4, silu)  LayerNormalization()  Dense(3, softmax)
      compile(optimizer=adamw(clipnorm=1), loss=sparse_categorical_crossentropy, metrics=[accuracy]) }`,
    optimizer: "adamw(clipnorm=1)",
    input: 12,
    target: 6,
    classes: 3,
  },
};

export interface Batch {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/** Samples of a model that are the same each time, others for another seed. */
export function batchFor({ input, target, classes, rows }: ModelKind, samples: number, seed = 1): Batch {
  const wave = (at: number, frequency: number): number => Math.sin((at + 1) * frequency + seed);
  const index = (at: number, count: number): number => Math.floor(((wave(at, 12.9898) + 1) / 2) * 0.9999 * count);
  return {
    inputs: Float64Array.from({ length: input * samples }, (_, at) =>
      rows === undefined ? wave(at, 1.7) : index(at, rows),
    ),
    targets: Float64Array.from({ length: target * samples }, (_, at) =>
      classes === undefined ? wave(at, 2.3) : index(at, classes),
    ),
  };
}
