import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { contents, layerc, leftovers, makeProject, outputsOf, startLayerc, tenModels, writeFiles } from "./project.ts";

const argv = ["build", "*.layers", "--weights", "file", "--out-dir", "o"];
/** At least so many builds are killed; and more, until enough of them were killed while they wrote. */
const times = 30;
const mostTimes = 400;

/** Numbers from 0 to 1, the same in every run. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** What builds of two states of the models give when nobody kills them. */
let states: readonly Readonly<Record<string, string>>[];

/** Builds; how long that takes, milliseconds. */
function timedBuild(project: string): number {
  const start = performance.now();
  expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
  return performance.now() - start;
}

beforeAll(() => {
  const project = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-faults-"));
  states = [1, 2].map((scale) => {
    writeFiles(project, tenModels(scale));
    expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
    return outputsOf(path.join(project, "o"));
  });
  fs.rmSync(project, { recursive: true });
});

test("a build that is killed again and again at random moments leaves whole files, and the next one recovers", async () => {
  const random = randomNumbers(5);
  const project = makeProject({ "package.json": "{}", "node_modules/.keep": "", ...tenModels(1) });
  timedBuild(project);
  const folder = path.join(project, "o");
  // How long a build takes, and how long it writes at the end, as far as is known: machines differ, and may be busy.
  writeFiles(project, tenModels(2));
  let duration = timedBuild(project);
  let writing = 25;

  const found = { times: 0, killed: 0, leftovers: 0, mixed: 0 };
  const isEnough = (): boolean => found.times >= times && found.killed > times * 0.6 && found.leftovers > 5;
  const names = Object.keys(states[0] ?? {});
  let after = outputsOf(folder);
  for (let time = 0; !isEnough(); time++) {
    // The test can fail: builds were killed, also while they wrote.
    expect(time, JSON.stringify(found)).toBeLessThan(mostTimes);
    found.times += 1;
    // Something is to be written each time.
    const next = names.every((name) => after[name] === states[1]?.[name]) ? 0 : 1;
    writeFiles(project, tenModels(next + 1));
    const old = leftovers(project);
    const { child, done } = startLayerc(project, argv);
    const share = random.next().value;
    // The moments in which files appear are short, and the ones that matter most.
    const isWriting = time % 2 === 1;
    if (isWriting) await Promise.race([newTemporaryFile(folder, old), done]);
    await setTimeout(share * (isWriting ? writing : duration));
    child.kill("SIGKILL");
    const { signal } = await done;
    found.killed += signal === "SIGKILL" ? 1 : 0;

    after = outputsOf(folder);
    for (const name of names) {
      expect(
        states.some((state) => state[name] === after[name]),
        `${name} after kill ${time} is whole`,
      ).toBe(true);
    }
    expect(Object.keys(after)).toEqual(names);
    const isLeft = leftovers(project).some((name) => !old.includes(name));
    found.leftovers += isLeft ? 1 : 0;
    if (isWriting) writing *= isLeft ? 1.3 : 0.8;
    found.mixed += states.some((state) => names.every((name) => state[name] === after[name])) ? 0 : 1;

    // Every fourth time a build is left alone; else the next one finds what several have left.
    if (time % 4 !== 3) continue;
    duration = timedBuild(project);
    after = outputsOf(folder);
    expect(after).toEqual(states[next]);
    expect(leftovers(project)).toEqual([]);
  }
  console.log(
    `of ${found.times} builds ${found.killed} were killed, ${found.leftovers} left temporary files, ${found.mixed} files of both states`,
  );
  // Some forty builds, one after the other.
}, 1_800_000);

/** Resolves when a build puts its first file into a folder; it removes old ones, too. */
function newTemporaryFile(folder: string, old: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const watcher = fs.watch(folder, (_, name) => {
      if (name?.endsWith(".tmp") !== true || old.includes(path.join(path.basename(folder), name))) return;
      watcher.close();
      resolve();
    });
    watcher.unref();
  });
}

test("a first build that is killed leaves nothing, or whole files", async () => {
  const random = randomNumbers(6);
  const duration = timedBuild(makeProject(tenModels(1)));
  for (let time = 0; time < 5; time++) {
    const project = makeProject(tenModels(1));
    const { child, done } = startLayerc(project, argv);
    await setTimeout((0.5 + 0.5 * random.next().value) * duration);
    child.kill("SIGKILL");
    await done;
    const after = fs.existsSync(path.join(project, "o")) ? outputsOf(path.join(project, "o")) : {};
    for (const [name, content] of Object.entries(after)) expect(content, name).toBe(states[0]?.[name]);
    expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
    expect(contents(path.join(project, "o"))).toEqual(states[0]);
  }
});
