import type { Child } from "../child.ts";
import { compare, type Effort, type Side } from "../compare.ts";
import type { LoadServerOrder, Ports } from "../load-server.ts";
import { sameBody } from "../same-body.ts";
import { type Row, type Scenario, toScenario } from "./scenario.ts";
import { B0, B1, b1, mainSides, OPENAI, OURS, ours } from "./sides.ts";

const CHAT_ROWS: Row[] = [
  { title: B1, of: B1, over: B1 },
  { title: B0, of: B0, over: B1 },
  { title: `${OURS}, response.json()`, of: OURS, over: B1 },
  { title: OPENAI, of: OPENAI, over: B1 },
];

const IN_PIECES = "in pieces";
const FROM_BASE64 = "from base64";

const AGENT_ROWS: Row[] = [
  { title: `${B1}, from objects`, of: B1, over: B1 },
  { title: `${OURS}, from JSON text`, of: OURS, over: B1, target: 1.15 },
  { title: `${OURS}, JSON in pieces of 64 KiB`, of: IN_PIECES, over: B1, target: 1 },
];

const IMAGE_ROWS: Row[] = [
  { title: `${B1}, from the file's bytes`, of: B1, over: B1 },
  { title: `${B1}, from base64 text`, of: FROM_BASE64, over: B1 },
  { title: `${OURS}, from JSON text`, of: OURS, over: B1, target: 1.25 },
  { title: `${OURS}, JSON in pieces of 64 KiB`, of: IN_PIECES, over: B1, target: 1.15 },
];

export async function chatScenario(ports: Ports, effort: Effort, times: number): Promise<Scenario> {
  const sides = mainSides(ports, "bulk");
  const costs = await compare(sides, { work: "chat", times, concurrency: 16 }, 1, effort);
  return toScenario("request", costs, CHAT_ROWS);
}

/** 200 messages and 50 tools: what is measured is the request's way to AWS. */
export async function agentScenario(
  server: Child<LoadServerOrder>,
  ports: Ports,
  effort: Effort,
  times: number,
): Promise<Scenario> {
  const ourSide = ours(ports, "short", "agent");
  const sides = [b1(ports, "short", "agent"), ourSide, inPieces(ourSide)];
  const bodyBytes = await sameBody(server, sides);
  const costs = await compare(sides, { work: "chat", times, concurrency: 1 }, 1, effort);
  return { ...toScenario("request", costs, AGENT_ROWS), bodyBytes };
}

/** 10 MiB of JPEG: what is measured is how often its bytes are walked over. */
export async function imageScenario(
  server: Child<LoadServerOrder>,
  ports: Ports,
  effort: Effort,
  times: number,
): Promise<Scenario> {
  const ourSide = ours(ports, "short", "image");
  const sides = [
    b1(ports, "short", "image"),
    { ...b1(ports, "short", "image-from-base64"), label: FROM_BASE64 },
    ourSide,
    inPieces(ourSide),
  ];
  const bodyBytes = await sameBody(server, sides);
  const costs = await compare(sides, { work: "chat", times, concurrency: 1 }, 1, effort);
  return { ...toScenario("request", costs, IMAGE_ROWS), bodyBytes };
}

const inPieces = (side: Side): Side => ({ ...side, system: "handler-pieces", label: IN_PIECES });
