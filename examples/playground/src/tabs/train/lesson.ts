import type { Trainable } from "../../model/built.ts";
import { oneAtATime } from "../../page/one-at-a-time.ts";
import { reasonOf } from "../../page/reason.ts";
import type { Frame } from "../../workers/training.ts";
import type { DataSet } from "./data-sets/data-set.ts";
import { dataSets } from "./data-sets/index.ts";
import { History } from "./history.ts";
import { measureOf } from "./measure-of.ts";
import { probesOf } from "./picture.ts";
import { courseOf, makeSamples, type Sample } from "./samples.ts";
import { Session } from "./session.ts";
import type { Settings } from "./settings.ts";
import type { Task } from "./task.ts";

/** A model that can be trained. */
export interface Pupil {
  readonly name: string;
  readonly task: Task;
  readonly trainable: Trainable;
  /** Multiply-adds of a sample. */
  readonly cost: number;
}

/** A model that learns a data set: what is set, what it is trained on, and what came of it so far. */
export class Lesson {
  readonly #session: Session;
  readonly #changed: () => void;
  #pupil: Pupil | undefined;
  #settings: Settings = {
    dataSet: dataSets[0]!.id,
    noise: 0.2,
    seed: 1,
    batchSize: 32,
    speed: 60,
  };
  #samples: readonly Sample[] = [];
  #history = new History();
  #frame: Frame | undefined;
  #problem: string | undefined;
  readonly #begin = oneAtATime(() => this.#beginAnew());

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#session = new Session(
      (frame) => this.#take(frame),
      (error) => this.#fail(reasonOf(error)),
    );
  }

  /** The model; undefined before the first. */
  get pupil(): Pupil | undefined {
    return this.#pupil;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  get history(): History {
    return this.#history;
  }

  /** The last one; undefined before the first. */
  get frame(): Frame | undefined {
    return this.#frame;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  get isRunning(): boolean {
    return this.#session.isRunning;
  }

  /** Whether a model is the one that learns here: then it goes on learning. */
  has({ task, trainable }: Pupil): boolean {
    const own = this.#pupil;
    return (
      own?.trainable.text === trainable.text &&
      JSON.stringify(own.task) === JSON.stringify(task)
    );
  }

  /** Begins with a model, before its first step. */
  begin(pupil: Pupil): void {
    this.#session.stop();
    const isOther = this.#pupil?.name !== pupil.name;
    this.#pupil = pupil;
    const fitting = dataSetsFor(pupil.task);
    const called = pupil.name.toLowerCase();
    // The one that another model is called after, the one that is chosen, or the first one.
    const dataSet =
      (isOther && fitting.find(({ id }) => called.includes(id))) ||
      fitting.find(({ id }) => id === this.#settings.dataSet) ||
      fitting[0]!;
    this.#settings = { ...this.#settings, dataSet: dataSet.id };
    this.reset();
  }

  /** Begins anew with the same model. */
  reset(): void {
    this.#problem = undefined;
    this.#begin();
  }

  set(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
    const isNew = ["dataSet", "noise", "seed"].some((one) => one in settings);
    this.#session.speed = this.#settings.speed;
    if (isNew) this.reset();
    else this.#session.change(this.#settings);
    this.#changed();
  }

  start(): void {
    this.#session.start();
    this.#changed();
  }

  pause(): Promise<void> {
    return this.#session.pause();
  }

  epoch(): Promise<void> {
    return this.#session.epoch();
  }

  weights(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#session.weights();
  }

  async #beginAnew(): Promise<void> {
    const { task, trainable, cost } = this.#pupil!;
    const dataSet = dataSets.find(({ id }) => id === this.#settings.dataSet)!;
    this.#samples = makeSamples(dataSet, task, this.#settings);
    this.#frame = undefined;
    this.#history = new History();
    const course = {
      ...courseOf(this.#samples, task),
      probes: probesOf(task, cost),
      seed: this.#settings.seed,
    };
    await this.#session.begin(trainable, course, this.#settings);
  }

  #take(frame: Frame): void {
    this.#frame = frame;
    this.#history.add(measureOf(frame, this.#samples, this.#pupil!.task));
    if (!Number.isFinite(frame.training["loss"])) {
      this.#session.stop();
      this.#problem =
        "The loss is no number any more: the steps were too large. Reset, and try a lower learning rate.";
    }
    this.#changed();
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#changed();
  }
}

/** Those that a model for a task can learn. */
export function dataSetsFor(task: Task): readonly DataSet[] {
  return dataSets.filter(({ kind }) => kind === task.kind);
}
