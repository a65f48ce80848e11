import { compare, type Effort, type Side } from "../compare.ts";
import type { Ports } from "../load-server.ts";
import type { EmbeddingName } from "../questions/embeddings.ts";
import { type Row, type Scenario, toScenario } from "./scenario.ts";
import { B1, b1, OPENAI, OURS, ours } from "./sides.ts";

const BASE64 = "base64";
const AT_ONCE = "the SDK, eight at once";

const ROWS: Row[] = [
  { title: `${B1}, a loop of InvokeModel and JSON.parse`, of: B1, over: B1 },
  { title: `${B1}, the same, eight calls at once`, of: AT_ONCE, over: B1 },
  { title: `${OURS}, float, bytes out`, of: OURS, over: B1, target: 1 },
  { title: `${OURS}, base64, bytes out`, of: BASE64, over: B1, target: 1.1 },
  { title: `${OPENAI}, number[] out`, of: OPENAI, over: B1 },
];

/** 96 texts of 1,024 numbers each. What is measured is mostly the numbers' way through. */
export async function embeddingScenario(
  ports: Ports,
  effort: Effort,
  times: number,
  family: "titan" | "cohere",
): Promise<Scenario> {
  const all = sides(ports, family);
  const costs = await compare(all, { work: "embed", times, concurrency: 1 }, 96, effort);
  const rows = ROWS.filter(({ of }) => all.some(({ label }) => label === of));
  return toScenario("vector", costs, rows);
}

export function sides(ports: Ports, family: "titan" | "cohere"): Side[] {
  const question = (format: "float" | "base64"): EmbeddingName => `${family}-${format}`;
  const client = { ...ours(ports, "short", question("base64")), system: "openai" as const, label: OPENAI };
  return [
    b1(ports, "short", question("float")),
    ...(family === "titan"
      ? [{ ...b1(ports, "short", "titan-float-at-once" as const), label: AT_ONCE }]
      : []),
    ours(ports, "short", question("float")),
    { ...ours(ports, "short", question("base64")), label: BASE64 },
    client,
  ];
}
