import { classifyIris } from "./dist/iris.js";

export default {
  /** Answers `{ "flower": [5.1, 3.5, 1.4, 0.2] }`, sizes in centimetres, with its species. */
  async fetch(request) {
    if (request.method !== "POST") {
      return new Response("POST a flower\n", {
        status: 405,
        headers: { allow: "POST" },
      });
    }
    const flower = await readFlower(request);
    if (flower === undefined) {
      return Response.json(
        { error: 'expected { "flower": [four numbers] }' },
        { status: 400 },
      );
    }
    const ranked = classifyIris(flower);
    const probabilities = Object.fromEntries(
      ranked.map(({ label, score }) => [label, score]),
    );
    return Response.json({ species: ranked[0].label, probabilities });
  },
};

async function readFlower(request) {
  const body = await request.json().catch(() => undefined);
  const flower = body?.flower;
  const isFlower =
    Array.isArray(flower) &&
    flower.length === 4 &&
    flower.every(Number.isFinite);
  return isFlower ? flower : undefined;
}
