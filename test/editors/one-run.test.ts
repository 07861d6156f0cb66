import { expect, test } from "vitest";
import { OneRun } from "../../editors/vscode/src/training/one-run.ts";
import type { RunEnd, TrainingRun } from "../../editors/vscode/src/training/training-run.ts";

/** A run that ends when it is stopped, and what was done with it. */
function fakeRun(): { readonly done: string[]; start(): TrainingRun } {
  const done: string[] = [];
  const { promise: ended, resolve } = deferred<RunEnd>();
  const stop = (): void => {
    done.push("stopped");
    resolve({ kind: "stopped" });
  };
  return {
    done,
    start() {
      done.push("started");
      return { ended, stop };
    },
  };
}

function deferred<Value>(): { readonly promise: Promise<Value>; resolve(value: Value): void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((take) => (resolve = take));
  return { promise, resolve };
}

test("the room of a run is taken from when it is asked for until it has ended", async () => {
  const room = new OneRun();
  const { promise: ready, resolve } = deferred<void>();
  const { done, start } = fakeRun();
  expect(room.isTaken).toBe(false);
  const ended = room.through(ready, start);
  expect([room.isTaken, done]).toEqual([true, []]);
  resolve();
  await expect.poll(() => done).toEqual(["started"]);
  expect(room.isTaken).toBe(true);
  await room.stop();
  expect(await ended).toEqual({ kind: "stopped" });
  expect([room.isTaken, done]).toEqual([false, ["started", "stopped"]]);
});

test("a run that is stopped before it could start never does, and the next one starts", async () => {
  const room = new OneRun();
  const { promise: ready, resolve } = deferred<void>();
  const { done, start } = fakeRun();
  const ended = room.through(ready, start);
  const stopped = room.stop();
  resolve();
  await stopped;
  expect(await ended).toEqual({ kind: "stopped" });
  expect([room.isTaken, done]).toEqual([false, []]);
  void room.through(Promise.resolve(), start);
  await expect.poll(() => done).toEqual(["started"]);
});

test("what keeps a run from starting is told as its end, and the room is free again", async () => {
  const room = new OneRun();
  const { done, start } = fakeRun();
  const gone = room.through(Promise.reject(new Error("the file is gone")), start);
  await room.stop();
  expect(await gone).toEqual({ kind: "failed", printed: "the file is gone" });
  const broken = room.through(Promise.resolve(), () => {
    throw new Error("no such program");
  });
  expect(await broken).toEqual({ kind: "failed", printed: "no such program" });
  expect([room.isTaken, done]).toEqual([false, []]);
});
