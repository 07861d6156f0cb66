import { describe, expect, it } from "vitest";
import { LayersParser } from "../../grammar/parser.ts";

describe("the grammar", () => {
  it("has no ambiguity, left recursion or empty repetition", () => {
    expect(() => new LayersParser({ skipValidations: false })).not.toThrow();
  });
});
