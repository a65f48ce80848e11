import { type Child, startChild, SUBJECT_NODE } from "../child.ts";
import { execFileSync } from "node:child_process";
import type { Bench } from "../bench.ts";
import type { EmbeddingName } from "../questions/embeddings.ts";
import type { QuestionName } from "../questions/questions.ts";
import type { Ports } from "../server/load-server.ts";
import type { ProfileName } from "../server/wire.ts";
import type { SystemName } from "../systems/systems.ts";

/** One of those that are compared. */
export interface Side {
  name: string;
  label: string;
  system: SystemName;
  /** How it reaches the load server, where that is not HTTP/1.1. */
  protocol?: "h1" | "h2";
  profile?: ProfileName;
  question?: QuestionName | EmbeddingName;
  /** The oldest Node that its packages run on. */
  since?: number;
}

/** How sides are asked, where they say nothing else themselves. */
export interface Asked {
  profile: ProfileName;
  question?: QuestionName | EmbeddingName;
  tls?: boolean;
}

/** The version of the Node that is measured. */
export const NODE_VERSION = execFileSync(SUBJECT_NODE, ["-p", "process.versions.node"], {
  encoding: "utf8",
}).trim();

/** Those that are wanted, and run on the Node that is measured. */
export const possible = <S extends { name: string; since?: number }>(
  sides: readonly S[],
  { wants }: Bench,
): S[] =>
  sides.filter(
    ({ name, since = 0 }) => Number.parseInt(NODE_VERSION, 10) >= since && (wants?.(name) ?? true),
  );

export function endpointOf({ protocol = "h1", profile }: Side, { ports }: Bench, asked: Asked): string {
  const port: keyof Ports = asked.tls ? `tls-${protocol}` : protocol;
  return `${asked.tls ? "https" : "http"}://127.0.0.1:${ports[port]}/${profile ?? asked.profile}`;
}

/** A fresh process for a side. */
export function startSubject<Order>(
  program: string,
  side: Side,
  bench: Bench,
  asked: Asked,
  flags?: readonly string[],
): Child<Order> {
  const question = side.question ?? asked.question ?? "short";
  return startChild<Order>(
    `dist/${program}.mjs`,
    [side.system, endpointOf(side, bench, asked), question],
    "subject",
    flags,
  );
}
