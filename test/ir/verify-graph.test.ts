import { describe, expect, test } from "vitest";
import type { Graph, Operation, Tensor } from "../../src/ir/graph.ts";
import { dimSize, staticSize } from "../../src/ir/size.ts";
import { verifyGraph } from "../../src/ir/verify-graph.ts";

const four = (id: number): Tensor => ({ id, shape: [staticSize(4)] });
const origins = [{ path: ["net", "layer"], description: "" }];
const elementwise = (from: Tensor, to: Tensor): Operation => ({
  kind: "elementwise",
  inputs: [from],
  output: to,
  functions: [],
  origins,
});
const graph = (operations: readonly Operation[], output = operations.at(-1)?.output ?? four(0)): Graph => ({
  name: "Net",
  input: four(0),
  output,
  operations,
});

describe("graphs that are right", () => {
  test.each<[string, Graph]>([
    ["nothing", graph([])],
    ["a chain", graph([elementwise(four(0), four(1)), elementwise(four(1), four(2))])],
    ["a tensor that is read twice", graph([elementwise(four(0), four(1)), elementwise(four(0), four(2))])],
    [
      "a reshape by run-time sizes",
      graph([
        {
          kind: "reshape",
          inputs: [four(0)],
          output: { id: 1, shape: [staticSize(2), staticSize(2)] },
          origins,
        },
      ]),
    ],
  ])("%s", (_what, right) => expect(() => verifyGraph(right)).not.toThrow());
});

describe("faults", () => {
  test.each<[string, Graph, string]>([
    [
      "a tensor that nothing computes",
      graph([elementwise(four(3), four(1))]),
      "graph 'Net': elementwise of 'net/layer' reads %3 before it is computed",
    ],
    [
      "one that is computed later",
      graph([elementwise(four(2), four(1)), elementwise(four(0), four(2))]),
      "reads %2 before it is computed",
    ],
    [
      "two definitions",
      graph([elementwise(four(0), four(1)), elementwise(four(0), four(1))]),
      "computes %1, which is there already",
    ],
    ["the input computed", graph([elementwise(four(0), four(0))]), "computes %0, which is there already"],
    ["a result that nothing computes", graph([], four(1)), "the caller reads %1 before it is computed"],
    [
      "another shape than was computed",
      graph([elementwise({ id: 0, shape: [dimSize("time")] }, { id: 1, shape: [dimSize("time")] })]),
      "reads %0 as [time], which is [4]",
    ],
    [
      "an elementwise operation of another shape",
      graph([elementwise(four(0), { id: 1, shape: [staticSize(5)] })]),
      "elementwise of 'net/layer' makes [5] of [4]",
    ],
    [
      "a reshape to another number of elements",
      graph([{ kind: "reshape", inputs: [four(0)], output: { id: 1, shape: [staticSize(3)] }, origins: [] }]),
      "reshape makes [3] of [4]",
    ],
  ])("%s", (_what, wrong, message) => expect(() => verifyGraph(wrong)).toThrow(message));
});
