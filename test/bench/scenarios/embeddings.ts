import { compare, type Effort, type Side } from "../compare.ts";
import type { Ports } from "../load-server.ts";
import type { EmbeddingName } from "../questions/embeddings.ts";
import { type Row, type Scenario, toScenario } from "./scenario.ts";
import { B1, b1, OPENAI, OURS, ours } from "./sides.ts";

const BASE64 = "base64";

const ROWS: Row[] = [
  { title: `${B1}, InvokeModel and JSON.parse`, of: B1, over: B1 },
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
  const costs = await compare(sides(ports, family), { work: "embed", times, concurrency: 1 }, 96, effort);
  return toScenario("vector", costs, ROWS);
}

export function sides(ports: Ports, family: "titan" | "cohere"): Side[] {
  const question = (format: "float" | "base64"): EmbeddingName => `${family}-${format}`;
  const client = { ...ours(ports, "short", question("base64")), system: "openai" as const, label: OPENAI };
  return [
    b1(ports, "short", question("float")),
    ours(ports, "short", question("float")),
    { ...ours(ports, "short", question("base64")), label: BASE64 },
    client,
  ];
}
