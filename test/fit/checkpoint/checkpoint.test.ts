import { describe, expect, test } from "vitest";
import { failureOf } from "../../../src/files/read-failure.ts";
import type { Checkpoint } from "../../../src/fit/checkpoint/checkpoint.ts";
import { markWeights, trainedOrigin } from "../../../src/fit/checkpoint/mark-weights.ts";
import { readCheckpoint } from "../../../src/fit/checkpoint/read-checkpoint.ts";
import { checkpointOrigin, writeCheckpoint } from "../../../src/fit/checkpoint/write-checkpoint.ts";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";
import { readWeightFile } from "../../../src/weights/read-weight-file.ts";

const checkpoint: Checkpoint = {
  fixed: { "--batch-size": 32, "--inputs": null, "the model": "{}" },
  free: { "--epochs": 20 },
  before: { loss: 1 / 3, accuracy: -0 },
  progress: {
    epoch: 2,
    step: 5,
    history: [
      { loss: 0.1 + 0.2, auc: Number.NaN },
      { loss: 5e-324, auc: Number.NEGATIVE_INFINITY },
    ],
    results: { loss: 2 },
    best: { epoch: 1, value: 0.25, weights: Uint8Array.of(1, 2, 3) },
  },
  trainer: {
    model: "Iris",
    numbers: { steps: 2 ** 53 - 1, rate: 1e-3, nothing: -0, none: Number.NaN },
    arrays: {
      "dense/kernel": Float64Array.of(Math.PI, -0, Number.NaN, 5e-324),
      __proto: Float32Array.of(0.1, Number.POSITIVE_INFINITY, 1e-45),
      generator: Uint32Array.of(0, 2 ** 32 - 1),
      empty: new Float64Array(),
    },
  },
};

function failure(file: Uint8Array): string | undefined {
  try {
    readCheckpoint(file);
    return undefined;
  } catch (error) {
    return failureOf(error)?.message ?? `no failure: ${String(error)}`;
  }
}

describe("a checkpoint", () => {
  test("is read with every bit that was written", () => {
    const read = readCheckpoint(writeCheckpoint(checkpoint));
    expect(read).toEqual(checkpoint);
    expect(Object.is(read.before["accuracy"], -0)).toBe(true);
    expect(Object.is(read.trainer.numbers["nothing"], -0)).toBe(true);
    // Also from the middle of another buffer, where no array of Float64 could begin.
    const shifted = Buffer.concat([Buffer.of(0), writeCheckpoint(checkpoint)]).subarray(1);
    expect(readCheckpoint(shifted)).toEqual(checkpoint);
  });

  test("is no checkpoint where a byte of it has changed, or it is cut off", () => {
    const file = writeCheckpoint(checkpoint);
    expect(checkpointOrigin(file)).toBe("generated");
    for (let at = 0; at < file.length; at++) {
      const changed = Uint8Array.from(file);
      changed[at] = (changed[at] as number) ^ 1;
      expect(failure(changed), `byte ${at}`).toMatch(/checksum is wrong|no checkpoint|another version/);
    }
    for (const length of [0, 7, 100, file.length - 1]) expect(failure(file.subarray(0, length))).toBeDefined();
    expect(failure(writeSafetensors([]))).toBe("it is no checkpoint of a training");
  });
});

describe("trained weights", () => {
  const weights = writeSafetensors([
    { name: "dense.kernel", shape: [2], data: Float32Array.of(0.1, -0) },
    { name: "dense.bias", shape: [], data: Float32Array.of(Number.NaN) },
  ]);

  test("have a mark, and the bits that the trainer has written", async () => {
    const marked = markWeights(weights, "Iris");
    expect(trainedOrigin(marked)).toBe("generated");
    expect(trainedOrigin(weights)).toBeUndefined();
    const [before, after] = await Promise.all(
      [weights, marked].map((file) => readWeightFile(file, "iris.safetensors")),
    );
    expect(after).toEqual(before);
    expect(marked.subarray(marked.length - 12)).toEqual(weights.subarray(weights.length - 12));
    // What has a mark already gets one.
    expect(markWeights(marked, "Iris")).toEqual(marked);
    marked[marked.length - 1]! ^= 1;
    expect(trainedOrigin(marked)).toBe("edited");
  });

  test("of a model without any", () => {
    expect(trainedOrigin(markWeights(writeSafetensors([]), "Empty"))).toBe("generated");
  });
});
