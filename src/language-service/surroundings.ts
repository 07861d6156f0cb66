import type { ModelFile } from "../syntax/ast.ts";
import type { WeightFile } from "../weights/weight-file.ts";

/** What features ask of the files around the one that a question is about. Each of these may be left out. */
export interface Surroundings {
  /** What lies in a folder, relative to a file, as in `weights "./models/`: names, those of folders end in `/`. */
  readonly list?: (from: string, folder: string) => Promise<readonly string[]>;
  /** The model files of the project, with the paths that their host gives them. */
  readonly files?: () => Promise<readonly ModelFile[]>;
  /** The weight file that a path means which is written in a file; undefined where it can't be read. */
  readonly weightFile?: (from: string, path: string) => Promise<WeightFile | undefined>;
}
