import type { Format, Style } from "../terminal.ts";

type Details = Readonly<Record<string, unknown>>;

/** A call on one line, for whoever watches a terminal: what was asked, what came of it and what it took. */
export function toCallLine(details: Details, style: Style): string {
  const { method, route, status, error, requestId } = details;
  const told = [method, route ?? "(unknown path)", error, namesOf(details), ...figuresOf(details), requestId]
    .filter((part) => part !== undefined && part !== "")
    .map((part) => printable(String(part)));
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  return [time, style(colourOf(Number(status)), String(status)), ...told].join(" ");
}

/** The target as `x-bedrock-target` tells it: of equals in two Regions one has answered. */
function namesOf({ model, target, region }: Details): string {
  if (model === undefined || target === undefined) return String(model ?? "");
  const answered = region === undefined ? String(target) : `${String(region)}/${String(target)}`;
  return target === model ? answered : `${String(model)} → ${answered}`;
}

function* figuresOf({
  ms,
  firstTokenMs,
  tokens,
  cost,
  failedOver,
  adjustments,
  caller,
}: Details): Generator<string> {
  if (ms !== undefined) yield seconds(ms);
  if (firstTokenMs !== undefined) yield `first ${seconds(firstTokenMs)}`;
  if (tokens) yield tokensOf(tokens as Readonly<Record<string, number>>);
  if (typeof cost === "number") yield `cost ${cost.toPrecision(3)}`;
  if (failedOver) yield `failed over ${String(failedOver)}`;
  if (adjustments) yield `adjusted ${String(adjustments)}`;
  if (caller !== undefined) yield `by ${String(caller)}`;
}

const seconds = (ms: unknown): string => `${(Number(ms) / 1000).toFixed(2)}s`;

const tokensOf = ({ input = 0, output = 0, cached }: Readonly<Record<string, number>>): string =>
  `in ${input}${cached ? ` (cached ${cached})` : ""} out ${output}`;

function colourOf(status: number): Format {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : "green";
}

/** A caller may name anything; a line stays one line, and colours are ours. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?");
