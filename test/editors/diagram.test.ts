import { expect, test } from "vitest";
import { innermost } from "../../editors/vscode/src/diagram/page/innermost.ts";

const part = (start: number, end: number, use?: readonly [number, number]) => ({
  dataset: {
    start: `${start}`,
    end: `${end}`,
    ...(use === undefined ? {} : { useStart: `${use[0]}`, useEnd: `${use[1]}` }),
  },
});

test("the part of a drawing that the cursor is in is the smallest, that of a block's layer also by the call", () => {
  const [name, frame, inner] = [part(6, 10), part(20, 60), part(30, 40)];
  const ofBlock = part(100, 110, [50, 58]);
  const parts = [name, frame, inner, ofBlock];
  expect([6, 25, 30, 40, 52, 105].map((offset) => innermost(parts, offset))).toEqual([
    name,
    frame,
    inner,
    inner,
    ofBlock,
    ofBlock,
  ]);
  expect(innermost(parts, 15)).toBe(undefined);
});
