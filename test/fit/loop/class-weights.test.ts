import { describe, expect, test } from "vitest";
import { lossNamed } from "../data/read-text.ts";
import { planTargets, type TargetPlan } from "../../../src/fit/data/target-plan.ts";
import { classWeights, type GivenClassWeights } from "../../../src/fit/loop/class-weights.ts";
import { warnOfUnseenClasses } from "../../../src/fit/loop/unseen-classes.ts";
import { createRowWriter } from "../../../src/fit/rows/row-store.ts";
import { samplesOf, type Samples } from "../../../src/fit/rows/samples.ts";

const labels = ["cat", "dog", "owl"];
const sparse = planTargets({ name: "Pets", labels }, [3], lossNamed("sparse_categorical_crossentropy"));

/** Classes of a loss that ignores one number. */
function ignoring(ignoredClass: number): TargetPlan {
  return planTargets({ name: "Pets", labels }, [3], { ...lossNamed("sparse_categorical_crossentropy"), ignoredClass });
}

function samples(targets: readonly (readonly number[])[], oneHot?: number): Samples {
  const width = targets[0]?.length ?? 1;
  const writer = createRowWriter(1 + width, { memoryBytes: 2 ** 20 });
  for (const target of targets) writer.add(Float32Array.of(0, ...target));
  return samplesOf(writer.finish(), {
    inputs: 1,
    targets: width,
    isWeighted: false,
    ...(oneHot === undefined ? {} : { oneHot }),
  });
}

function weights(given: GivenClassWeights, plan: TargetPlan, of: Samples): readonly number[] | string {
  const { value, diagnostics } = classWeights(given, of, plan);
  return value === undefined ? `${diagnostics[0]?.message} ${diagnostics[0]?.help ?? ""}`.trim() : [...value];
}

describe("weights of classes", () => {
  const four = samples([[0], [0], [0], [1]]);

  test("balanced are those of scikit-learn, and 1 for a class that does not occur", () => {
    expect(weights("balanced", sparse, four)).toEqual([4 / 9, 4 / 3, 1]);
    const oneHot = planTargets({ name: "Pets", labels }, [3], lossNamed("categorical_crossentropy"));
    expect(
      weights(
        "balanced",
        oneHot,
        samples([
          [1, 0, 0],
          [0, 0, 1],
          [0, 0, 1],
        ]),
      ),
    ).toEqual([1, 1, 0.5]);
    expect(weights("balanced", oneHot, samples([[0], [2], [2]], 3))).toEqual([1, 1, 0.5]);
    const binary = planTargets({ name: "Spam", labels: [] }, [1], lossNamed("binary_crossentropy"));
    expect(weights("balanced", binary, samples([[0], [0], [0], [1]]))).toEqual([2 / 3, 2]);
  });

  test("balanced leave out what the loss ignores, be it a class or none", () => {
    const counted = samples([[1], [1], [1], [2]]);
    const all = samples([[0], [1], [1], [0], [1], [0], [2]]);
    expect(weights("balanced", ignoring(0), all)).toEqual([1, 2 / 3, 2]);
    expect(weights("balanced", ignoring(-1), samples([[-1], [1], [1], [1], [-1], [2]]))).toEqual(
      weights("balanced", sparse, counted),
    );
  });

  test("are given by label or number, and 1 elsewhere", () => {
    expect(
      weights(
        new Map([
          ["dog", 5],
          ["2", 0.5],
        ]),
        sparse,
        four,
      ),
    ).toEqual([1, 5, 0.5]);
  });

  test("are of labels that are numbers, where there are such, as the classes of the data are", () => {
    const digits = planTargets(
      { name: "Digits", labels: ["1", "2"] },
      [2],
      lossNamed("sparse_categorical_crossentropy"),
    );
    expect(weights(new Map([["1", 7]]), digits, four)).toEqual([7, 1]);
    expect(weights(new Map([["2.0", 7]]), digits, four)).toEqual([1, 7]);
    expect(weights(new Map([["0", 7]]), digits, four)).toBe("--class-weights names '0', which is no class of Digits");
  });

  test("the label of one probability is that of class 1", () => {
    const spam = planTargets({ name: "Spam", labels: ["spam"] }, [1], lossNamed("binary_crossentropy"));
    expect(weights(new Map([["spam", 5]]), spam, four)).toEqual([1, 5]);
    expect(weights(new Map([["0", 5]]), spam, four)).toEqual([5, 1]);
    const unseen = warnOfUnseenClasses(samples([[0]]), samples([[1]]), spam, "mails.csv");
    expect(unseen[0]?.message).toContain("no sample of 'spam'");
  });

  test("of a class that is named twice", () => {
    const twice = new Map([
      ["cat", 2],
      ["0", 7],
    ]);
    expect(weights(twice, sparse, four)).toBe("--class-weights names one class of Pets twice, as 'cat' and '0'");
  });

  test("of what is no class, or where a sample has several", () => {
    expect(weights(new Map([["dgo", 5]]), sparse, four)).toBe(
      "--class-weights names 'dgo', which is no class of Pets did you mean 'dog'?",
    );
    expect(weights(new Map([["3", 5]]), sparse, four)).toBe("--class-weights names '3', which is no class of Pets");
    const several = planTargets({ name: "Tags", labels: [] }, [4], lossNamed("binary_crossentropy"));
    expect(weights("balanced", several, samples([[0, 1, 0, 1]]))).toBe(
      "--class-weights goes with one class a sample, and Tags is trained with 4 numbers",
    );
  });
});

test("classes that only the validation has are told", () => {
  const warned = warnOfUnseenClasses(samples([[0], [0]]), samples([[0], [1], [2]]), sparse, "pets.csv");
  expect(warned.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    "warning: The training has no sample of 'dog', 'owl', which the validation from the end of 'pets.csv' has",
  ]);
  expect(warnOfUnseenClasses(samples([[0], [1]]), samples([[1]]), sparse, "pets.csv")).toEqual([]);
  expect(warnOfUnseenClasses(samples([[0], [1]]), samples([[1], [2]]), ignoring(2), "pets.csv")).toEqual([]);
});
