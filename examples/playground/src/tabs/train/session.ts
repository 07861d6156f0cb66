import type { Remote } from "comlink";
import type { Trainable } from "../../model/built.ts";
import { Service } from "../../workers/service.ts";
import type { TrainerWorker } from "../../workers/trainer.ts";
import type { Course, Frame, Pace } from "../../workers/training.ts";
import type { Speed } from "./settings.ts";

/** Milliseconds of training between two frames, of which a screen shows sixty a second; and the same for those whom motion disturbs. */
const lively = { training: 10, rest: 0 };
const calm = { training: 400, rest: 1000 };
/** Time that is made up for after a frame was late. */
const mostLate = 100;

/** Trains in a worker of its own and gives what there is to draw: the worker goes on while a frame is drawn. */
export class Session {
  readonly #worker = new Service<TrainerWorker>("trainer");
  readonly #show: (frame: Frame) => void;
  readonly #fail: (error: unknown) => void;
  readonly #reduced = matchMedia("(prefers-reduced-motion: reduce)");
  #stepsPerEpoch = 1;
  #trained = 1;
  /** Which run, or beginning, is the last one. */
  #turn = 0;
  #isRunning = false;
  speed: Speed = 60;

  constructor(show: (frame: Frame) => void, fail: (error: unknown) => void) {
    this.#show = show;
    this.#fail = fail;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Begins anew, and goes on running if it did. */
  async begin(trainable: Trainable, course: Course, pace: Pace): Promise<void> {
    const turn = ++this.#turn;
    this.#trained = course.trained;
    this.#count(pace);
    await this.#showNext(turn, (worker) =>
      worker.begin(trainable, course, pace),
    );
    if (this.#isRunning && turn === this.#turn) this.start();
  }

  change(pace: Pace): void {
    this.#count(pace);
    this.#worker.ask((worker) => worker.change(pace)).catch(this.#fail);
  }

  start(): void {
    this.#isRunning = true;
    const turn = ++this.#turn;
    this.#run(turn).catch((error: unknown) => {
      if (turn === this.#turn) this.#failed(error);
    });
  }

  /** Ends the run where it is. */
  stop(): void {
    this.#isRunning = false;
    this.#turn++;
  }

  /** Ends the run, and shows where it has come to. */
  async pause(): Promise<void> {
    this.#isRunning = false;
    await this.#advance(0);
  }

  async epoch(): Promise<void> {
    await this.#advance(this.#stepsPerEpoch);
  }

  weights(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#worker.ask((worker) => worker.weights());
  }

  #count({ batchSize }: Pace): void {
    this.#stepsPerEpoch = Math.ceil(this.#trained / batchSize);
  }

  #advance(steps: number): Promise<void> {
    const milliseconds = Infinity;
    return this.#showNext(++this.#turn, (worker) =>
      worker.advance({ steps, milliseconds }),
    );
  }

  async #showNext(
    turn: number,
    job: (worker: Remote<TrainerWorker>) => Promise<Frame>,
  ): Promise<void> {
    try {
      const frame = await this.#worker.ask(job);
      if (turn === this.#turn) this.#show(frame);
    } catch (error) {
      if (turn === this.#turn) this.#failed(error);
    }
  }

  async #run(turn: number): Promise<void> {
    let before = performance.now();
    let owed = 0;
    const ask = (): Promise<Frame> => {
      const { training, rest } = this.#reduced.matches ? calm : lively;
      const now = performance.now();
      const passed = Math.min(now - before, rest + mostLate) / 1000;
      before = now;
      const { speed } = this;
      if (speed !== "most") owed += passed * speed * this.#stepsPerEpoch;
      const steps = speed === "most" ? Infinity : Math.floor(owed);
      if (speed !== "most") owed -= steps;
      const asked = this.#worker.ask((worker) =>
        worker.advance({ steps, milliseconds: training }),
      );
      // Nobody may be waiting for it when it fails.
      asked.catch(() => {});
      return asked;
    };
    let next = ask();
    while (turn === this.#turn) {
      const frame = await next;
      if (turn !== this.#turn) return;
      next = ask();
      await nextFrame(this.#reduced.matches ? calm.rest : lively.rest);
      if (turn === this.#turn) this.#show(frame);
    }
  }

  #failed(error: unknown): void {
    this.stop();
    this.#fail(error);
  }
}

function nextFrame(rest: number): Promise<unknown> {
  return new Promise((resolve) => {
    if (rest > 0) setTimeout(resolve, rest);
    else requestAnimationFrame(resolve);
  });
}
