import fc from "fast-check";
import { expect, test } from "vitest";
import { buildStack, stackPick } from "../random/stack.ts";
import { weightTree } from "../random/instantiate.ts";
import { arraysOf } from "../random/run-stack.ts";
import { modelOf } from "../vectors/programs.ts";
import { arraysIn, trainerMaker, type Trainer, type WeightTree } from "./make-trainer.ts";
import { batchOf } from "./stack-batch.ts";

/** How many models are tried; `GRADIENT_MODELS=5000 npx vitest run ... test/gradients` tries more. */
const budget = Number(process.env["GRADIENT_MODELS"] ?? 500);

/** Weights of a model whose gradient is looked at. */
const looks = 6;

/** A step of gradient descent of this rate, of which the gradient is read. */
const compile = "compile(optimizer=sgd(learning_rate=1), loss=mean_squared_error)";

test("gradients of random models are what differences of the loss say", { timeout: 300_000 }, async () => {
  let [compared, kinks] = [0, 0];
  await fc.assert(
    fc.asyncProperty(stackPick, async (pick) => {
      // A weight that is 0 stands on the kink of a relu behind it.
      const stack = buildStack({ ...pick, zeros: 0 });
      const text = stack.text.replace(/\}\n$/, `  ${compile}\n}\n`);
      const model = await modelOf(text);
      const make = await trainerMaker(text);
      const given = arraysOf(model, stack);
      const fresh = (): Trainer => make({ seed: 1, weights: weightTree(model, given) });
      const batch = batchOf(stack);
      const lossAt = (change: (weights: WeightTree) => void): number => {
        const trainer = fresh();
        change(trainer.weights);
        return trainer.step(batch.inputs, batch.targets, undefined, stack.dims);
      };
      const trained = fresh();
      const before = new Map(arraysIn(trained.weights).map(([path, values]) => [path, values.slice()]));
      const loss = trained.step(batch.inputs, batch.targets, undefined, stack.dims);
      expect(Number.isFinite(loss)).toBe(true);
      const trainable = new Set(trainablePaths(model.layers));
      const places = arraysIn(trained.weights)
        .filter(([path]) => trainable.has(path))
        .flatMap(([path, values]) => Array.from(values, (_, at) => ({ path, at, values })));
      for (let look = 0; look < looks && places.length > 0; look++) {
        const { path, at, values } = places[(pick.seed * 31 + look * 7919) % places.length] as (typeof places)[number];
        const old = before.get(path)?.[at] as number;
        const gradient = old - (values[at] as number);
        const h = 1e-5 * Math.max(1, Math.abs(old));
        const moved = (by: number): number =>
          lossAt((weights) => {
            (new Map(arraysIn(weights)).get(path) as Float64Array)[at] = old + by;
          });
        const [up, down] = [moved(h), moved(-h)];
        const [right, left] = [(up - loss) / h, (loss - down) / h];
        const scale = Math.max(1, Math.abs(gradient), Math.abs(loss));
        // A kink between the two has no derivative; the curve of a smooth function is gentle.
        if (Math.abs(right - left) > 1e-3 * scale) {
          kinks++;
          continue;
        }
        compared++;
        const difference = (up - down) / (2 * h);
        if (Math.abs(difference - gradient) > 1e-5 * scale) {
          throw new Error(`${path}[${at}]: gradient ${gradient}, difference ${difference}\n${text}`);
        }
      }
    }),
    { numRuns: budget, seed: 1234 },
  );
  expect(compared).toBeGreaterThan(budget);
  expect(kinks).toBeLessThan(compared / 20);
});

type Layers = Awaited<ReturnType<typeof modelOf>>["layers"];

function trainablePaths(layers: Layers, path: readonly string[] = []): readonly string[] {
  return layers.flatMap((layer) => {
    const own = [...path, layer.name];
    if (layer.kind === "nested") return trainablePaths(layer.model.layers, own);
    return layer.weights.filter(({ trainable }) => trainable).map(({ name }) => [...own, name].join("/"));
  });
}
