import { expect, test } from "vitest";
import { asUtf8 } from "../../src/files/hdf5-text.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each(["dense", "größe", "日本.x", "😀", "\uFEFFx", "€\u0081"])(
  "%s comes back from what the library makes of its bytes",
  (text) => {
    expect(asUtf8(new TextDecoder("windows-1252").decode(utf8(text)))).toBe(text);
    expect(asUtf8(Array.from(utf8(text), (byte) => String.fromCharCode(byte)).join(""))).toBe(text);
  },
);

test("bytes of another encoding stay as the library has them", () => {
  expect(asUtf8("gr\u00F6\u00DFe")).toBe("größe");
});
