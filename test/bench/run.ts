/**
 * What the library costs beside the AWS SDK alone, as ratios within one run: `npm run bench`, or with `-- --quick`.
 * Absolute figures depend on the machine and its neighbours, and are never judged.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "./child.ts";
import { measureSize, type SizeFigure } from "./cold/size.ts";
import { measureStart, type StartFigure } from "./cold/start.ts";
import { type ConnectionCount, countConnections } from "./connections.ts";
import { ARE_PINNED } from "./cores.ts";
import type { LoadServerOrder, Ports } from "./load-server.ts";
import { measureEmbeddingMemory } from "./memory/embeddings.ts";
import { type MemoryFigure, measureMemory } from "./memory/memory.ts";
import { measureOpen, type OpenFigure } from "./memory/open.ts";
import { connectionTable, memoryTable, openTable, scenarioTable, sizeTable, startTable } from "./report.ts";
import { agentScenario, chatScenario, imageScenario } from "./scenarios/chat.ts";
import { embeddingScenario } from "./scenarios/embeddings.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { pacedScenario, streamScenario, wireScenario } from "./scenarios/stream.ts";

const root = join(import.meta.dirname, "..", "..");
const quick = process.argv.includes("--quick");
const effort = quick
  ? {
      generations: 1,
      warmUps: 2,
      rounds: 3,
      streams: 2,
      chats: 50,
      agents: 20,
      images: 2,
      titan: 2,
      cohere: 10,
      processes: 1,
      starts: 3,
    }
  : {
      generations: 3,
      warmUps: 4,
      rounds: 7,
      streams: 12,
      chats: 200,
      agents: 40,
      images: 4,
      titan: 8,
      cohere: 40,
      processes: 3,
      starts: 15,
    };
/** Slow by its nature, and left out of a quick run: a round takes two seconds, whatever it costs. */
const pacedEffort = { generations: 1, warmUps: 2, rounds: 5, streams: 50 };

const BULK = "Streaming, 2,000 deltas of about 4 characters in bulk, one stream at a time";
const PACED = "Streaming, one delta at a time, 50 streams with 100 a second each";
const BY_WIRE = "The same stream of 2,000 deltas, by each protocol";
const AGENT = "A long agent conversation, 200 messages and 50 tools";
const IMAGE = "A 10 MiB image";
const TITAN = "96 embeddings of 1,024 numbers, one text a call (Titan)";
const COHERE = "96 embeddings of 1,024 numbers, all texts in one call (Cohere)";
const SIZE = "What an installation puts on the disk";
const START = "A fresh process, beyond what an empty one takes";
const MEMORY = "A 10 MiB image, growth of memory in a fresh process";
const EMBEDDING_MEMORY = "96 embeddings in one answer, growth of memory in a fresh process (× its 2.08 MB)";
const OPEN = "An answer that is open after 99 deltas, 100 of them at once";
const PACKAGES = ["@aws-sdk/client-bedrock-runtime", "@smithy/node-http-handler", "openai"];

function versions(): Record<string, string> {
  const read = (folder: string): string =>
    (JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { version: string }).version;
  const installed = PACKAGES.map((name) => [name, read(join("node_modules", name))] as const);
  return { "bedrock-openai": read("."), node: process.versions.node, ...Object.fromEntries(installed) };
}

interface Results {
  size: SizeFigure[];
  start: StartFigure[];
  connections: ConnectionCount[];
  memory: MemoryFigure[];
  embeddingMemory: MemoryFigure[];
  open: OpenFigure[];
  stream: Scenario;
  byWire: Scenario;
  paced?: Scenario;
  chat: Scenario;
  agent: Scenario;
  image: Scenario;
  titan: Scenario;
  cohere: Scenario;
}

const withSize = (title: string, { bodyBytes = 0 }: Scenario): string =>
  `${title}: ${(bodyBytes / 1e6).toFixed(2)} MB to AWS, one at a time`;

async function measure(): Promise<Results> {
  const server = startChild<LoadServerOrder>("load-server.ts", [], "server");
  try {
    const ports = await server.ask<Ports>("start");
    const size = measureSize();
    console.log(sizeTable(SIZE, size));
    const start = measureStart(ports, effort.starts);
    console.log(startTable(START, start));
    const connections = await countConnections(server, ports);
    console.log(connectionTable("New connections per warm request", connections));
    const stream = await streamScenario(ports, effort, effort.streams);
    console.log(scenarioTable(BULK, stream));
    const byWire = await wireScenario(ports, effort, effort.streams);
    console.log(scenarioTable(BY_WIRE, byWire));
    const paced = quick ? undefined : await pacedScenario(ports, pacedEffort, pacedEffort.streams);
    if (paced) console.log(scenarioTable(PACED, paced));
    const chat = await chatScenario(ports, effort, effort.chats);
    console.log(scenarioTable("One whole answer, 16 at a time", chat));
    const agent = await agentScenario(server, ports, effort, effort.agents);
    console.log(scenarioTable(withSize(AGENT, agent), agent));
    const image = await imageScenario(server, ports, effort, effort.images);
    console.log(scenarioTable(withSize(IMAGE, image), image));
    const titan = await embeddingScenario(ports, effort, effort.titan, "titan");
    console.log(scenarioTable(TITAN, titan));
    const cohere = await embeddingScenario(ports, effort, effort.cohere, "cohere");
    console.log(scenarioTable(COHERE, cohere));
    const memory = await measureMemory(server, ports, effort.processes);
    console.log(memoryTable(MEMORY, memory));
    const embeddingMemory = await measureEmbeddingMemory(server, ports, effort.processes);
    console.log(memoryTable(EMBEDDING_MEMORY, embeddingMemory));
    const open = await measureOpen(ports, effort.processes);
    console.log(openTable(OPEN, open));
    return {
      size,
      start,
      connections,
      memory,
      embeddingMemory,
      open,
      stream,
      byWire,
      ...(paced && { paced }),
      chat,
      agent,
      image,
      titan,
      cohere,
    };
  } finally {
    server.stop();
  }
}

function save({ size, start, connections, memory, embeddingMemory, open, ...scenarios }: Results): void {
  const raw = ({ costs, ...rest }: Scenario) => ({ ...rest, rounds: Object.fromEntries(costs) });
  const facts = {
    date: new Date().toISOString(),
    quick,
    pinned: ARE_PINNED,
    effort,
    pacedEffort,
    versions: versions(),
  };
  const measured = Object.entries(scenarios).map(([name, scenario]) => [name, raw(scenario)] as const);
  const report = {
    ...facts,
    size,
    start,
    connections,
    memory,
    embeddingMemory,
    open,
    ...Object.fromEntries(measured),
  };
  const folder = join(root, "bench-results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "latest.json"), `${JSON.stringify(report, null, 2)}\n`);
}

const started = performance.now();
const named = Object.entries(versions()).map(([name, version]) => `${name} ${version}`);
console.log(`${named.join(", ")}; ${ARE_PINNED ? "pinned to a core each" : "not pinned"}\n`);
save(await measure());
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`Medians (min–max) of paired rounds; ${seconds} s. All numbers: bench-results/latest.json`);
