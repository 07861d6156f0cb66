/** One source file as read. `path` is how its host names it; spans refer to it by that path. */
export interface Source {
  readonly path: string;
  readonly text: string;
}
