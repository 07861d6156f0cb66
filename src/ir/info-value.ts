/** A JSON value; objects keep their order and may have any key. */
export type InfoValue = string | number | boolean | null | readonly InfoValue[] | InfoObject;

export interface InfoObject {
  readonly kind: "object";
  readonly entries: readonly (readonly [string, InfoValue])[];
}
