import type { Side } from "../compare.ts";
import type { Ports } from "../load-server.ts";
import type { ProfileName } from "../wire.ts";

/** What the ratios are against. */
export const B1 = "SDK, keep-alive HTTP/1.1 (B1)";
export const B0 = "SDK, defaults, h2c (B0)";
export const OURS = "bedrock-openai handler";
export const OPENAI = "openai client over createBedrockFetch";

const url = (port: number, profile: ProfileName): string => `http://127.0.0.1:${port}/${profile}`;

export const b1 = ({ h1 }: Ports, profile: ProfileName, question: Side["question"] = "short"): Side => ({
  label: B1,
  system: "b1",
  endpoint: url(h1, profile),
  question,
});

export const ours = ({ h1 }: Ports, profile: ProfileName, question: Side["question"] = "short"): Side => ({
  label: OURS,
  system: "handler",
  endpoint: url(h1, profile),
  question,
});

/** All four, with the short question. */
export const mainSides = (ports: Ports, profile: ProfileName): Side[] => [
  b1(ports, profile),
  ours(ports, profile),
  { label: OPENAI, system: "openai", endpoint: url(ports.h1, profile), question: "short" },
  { label: B0, system: "b0", endpoint: url(ports.h2, profile), question: "short" },
];
