/** Something that layerc promises, with what was measured. */
export interface Requirement {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly reached: boolean;
}
