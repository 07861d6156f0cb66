import { expect, test } from "vitest";
import { fileOrigin } from "../../src/node/file-origin.ts";
import { fakeModule } from "../cli/fake-compiler.ts";

test("the origin of a module is known, with a mark of the byte order too", () => {
  const text = fakeModule("a", "model A");
  for (const start of ["", "\uFEFF"]) {
    expect(fileOrigin(new TextEncoder().encode(start + text))).toBe("generated");
    expect(fileOrigin(new TextEncoder().encode(`${start}${text}// mine\n`))).toBe("edited");
  }
});

test("a file that is longer than a text can be is of other origin", () => {
  expect(fileOrigin(new Uint8Array(2 ** 29))).toBe(undefined);
});
