import { shortenFiles } from "./shorten.ts";
import { renderTable } from "../table.ts";
import type { Io } from "../terminal.ts";

/** The handler's answer to `x-bedrock-explain: 1`. */
export interface Explanation {
  target: { model: string; surface: string; region?: string; host?: string };
  request: { method: string; path: string; headers?: Record<string, string>; body: unknown };
  adjustments: readonly Adjusted[];
}

interface Adjusted {
  param: string;
  action: string;
  reason: string;
}

/** The AWS API behind each surface, and the host that has it. */
const APIS: Readonly<Record<string, string>> = {
  converse: "Converse (bedrock-runtime)",
  invoke: "InvokeModel (bedrock-runtime)",
  "agent-runtime": "Rerank (bedrock-agent-runtime)",
  guardrail: "guardrails (bedrock-runtime)",
  "converse-like": "a server of your own that speaks Converse",
};

/** For people: each call, and once what was changed on the caller's behalf. */
export function printExplanations(explanations: readonly Explanation[], io: Io): void {
  const bold = (text: string): string => io.style.stdout("bold", text);
  for (const [index, { target, request }] of explanations.entries()) {
    if (explanations.length > 1) io.out(`${bold(`Call ${index + 1} of ${explanations.length}`)}\n`);
    io.out(`${bold("Model")}    ${target.model}\n`);
    io.out(`${bold("AWS API")}  ${apiOf(target)}\n`);
    if (target.region !== undefined) io.out(`${bold("Region")}   ${target.region}\n`);
    io.out(`${bold("Request")}  ${request.method} ${request.path}\n`);
    for (const [name, value] of Object.entries(request.headers ?? {})) io.out(`         ${name}: ${value}\n`);
    io.out(`\n${JSON.stringify(shortenFiles(request.body), null, 2)}\n\n`);
  }
  printAdjustments(explanations[0]?.adjustments ?? [], io);
}

const apiOf = ({ surface, host }: Explanation["target"]): string =>
  surface === "openai" ? `the model's own protocol (bedrock-${host})` : (APIS[surface] ?? surface);

function printAdjustments(adjustments: readonly Adjusted[], io: Io): void {
  if (adjustments.length === 0) return io.out("Nothing was changed on your behalf.\n");
  io.out(`${io.style.stdout("bold", "Changed on your behalf")}\n`);
  io.out(
    renderTable(
      adjustments,
      [
        { title: "PARAMETER", rank: 0, cell: ({ param }) => param },
        { title: "WHAT", rank: 0, cell: ({ action }) => action },
        { title: "WHY", rank: 0, cell: ({ reason }) => reason },
      ],
      { width: io.columns ?? 80, paint: (text) => io.style.stdout("dim", text) },
    ),
  );
}
