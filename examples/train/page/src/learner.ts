import {
  createDigitsTrainer,
  type DigitsWeights,
  type TrainerState,
} from "../../digits.layers";
import * as unseen from "../../digits-test.csv?every=1";
import * as replay from "../../digits-train.csv?every=7";

/** A drawing, as 8x8 grey levels 0..16, and the digit that it is. */
export interface Lesson {
  readonly pixels: Float32Array;
  readonly digit: number;
}

/** All that a learner goes on from: plain data, which IndexedDB stores as it is. */
export interface Knowledge {
  readonly trainer: TrainerState;
  readonly lessons: readonly Lesson[];
  /** Steps taken in all lessons. */
  readonly steps: number;
}

/** A network that learns from single drawings. */
export interface Learner {
  readonly knowledge: Knowledge;
  /** The probabilities of the ten digits. */
  guess(pixels: Float32Array): ArrayLike<number>;
  /** Takes steps until the network is sure of a lesson; returns how many. */
  learn(lesson: Lesson): number;
  /** The share it recognises of digits that it is never trained on. */
  accuracy(): number;
  /** A safetensors file. */
  writeWeights(): Uint8Array<ArrayBuffer>;
}

/** How probable the right digit has to be. */
export const sure = 0.8;
const mostSteps = 120;
/** Older ones are forgotten. */
const mostLessons = 500;

/** Samples of a step. All but two are digits of the training: what the network knows it does not forget. */
const batch = 64;
const size = 64;

/** Begins with trained weights, or goes on from what another learner knew: throws at what is none. */
export function createLearner(
  weights: DigitsWeights,
  knowledge?: Knowledge,
): Learner {
  // The seed is that of Dropout.
  const trainer = createDigitsTrainer({ weights, seed: 1 });
  if (knowledge !== undefined) trainer.restore(knowledge.trainer);
  let { lessons, steps } = knowledge ?? { lessons: [], steps: 0 };

  const inputs = new Float32Array(batch * size);
  const targets = new Uint8Array(batch);
  const step = (lesson: Lesson): void => {
    const earlier = lessons[steps % lessons.length] ?? lesson;
    [lesson, earlier].forEach(({ pixels, digit }, at) => {
      inputs.set(pixels, at * size);
      targets[at] = digit;
    });
    for (let at = 2; at < batch; at++) {
      const from = (steps * (batch - 2) + at) % replay.targets.length;
      const pixels = replay.inputs.subarray(from * size, (from + 1) * size);
      inputs.set(pixels, at * size);
      targets[at] = replay.targets[from]!;
    }
    trainer.step(inputs, targets);
    steps++;
  };
  const guess = (pixels: Float32Array): ArrayLike<number> =>
    trainer.forwardBatch(pixels);

  return {
    get knowledge() {
      return { trainer: trainer.state(), lessons, steps };
    },
    guess,
    learn(lesson) {
      lessons = [...lessons, lesson].slice(-mostLessons);
      for (let taken = 0; taken < mostSteps; taken++) {
        if (guess(lesson.pixels)[lesson.digit]! >= sure) return taken;
        step(lesson);
      }
      return mostSteps;
    },
    accuracy: () => trainer.evaluate(unseen.inputs, unseen.targets).accuracy,
    writeWeights: () => trainer.writeWeights(),
  };
}
