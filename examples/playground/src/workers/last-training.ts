import { Training, type Course, type Pace, type Trainer } from "./training.ts";

type Module = Readonly<Record<string, unknown>>;

/** A module with a trainer, and its export that makes one. */
interface Source {
  readonly text: string;
  readonly create: string;
}

/** The training that was begun last. Whoever asks for it while its module is loaded waits for it. */
export class LastTraining {
  readonly #load: (text: string) => Promise<Module>;
  #training: Promise<Training> | undefined;
  #loaded: { readonly text: string; readonly module: Module } | undefined;

  constructor(load: (text: string) => Promise<Module>) {
    this.#load = load;
  }

  /** Begins anew. */
  begin(source: Source, course: Course, pace: Pace): Promise<Training> {
    this.#training = this.#make(source, course, pace);
    return this.#training;
  }

  /** Rejects as its beginning did, if that has failed. */
  async get(): Promise<Training> {
    if (this.#training === undefined)
      throw new Error("nothing is being trained");
    return this.#training;
  }

  async #make(
    { text, create }: Source,
    course: Course,
    pace: Pace,
  ): Promise<Training> {
    // A module that was imported stays in memory.
    if (this.#loaded?.text !== text)
      this.#loaded = { text, module: await this.#load(text) };
    const { seed } = course;
    const { learningRate } = pace;
    const make = this.#loaded.module[create] as (options: unknown) => Trainer;
    const trainer = make({
      seed,
      ...(learningRate === undefined ? {} : { learningRate }),
    });
    return new Training(trainer, course, pace);
  }
}
