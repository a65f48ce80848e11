import type { Usage } from "../conversation/types.ts";
import { countsOfHeaders, countsOfMetrics, toUsage } from "./surfaces/native-facts.ts";

/** Enough for the last event of a stream, and for what ends a whole answer. */
const TAIL_BYTES = 64 * 1024;

/** Listens to an answer in AWS's own words for what it cost. */
export interface Meter {
  hear(bytes: Uint8Array): void;
  /** To be asked once, at the end. Undefined where AWS did not tell. */
  read(): Usage | undefined;
}

/**
 * Source: AWS's reference of Converse and ConverseStream (`usage`, at the end), InvokeModel (headers) and
 * InvokeModelWithResponseStream (`amazon-bedrock-invocationMetrics` in the last chunk).
 */
export function createMeter(headers: Readonly<Record<string, string>>): Meter {
  const said = countsOfHeaders(headers);
  let tail: Uint8Array[] = [];
  let size = 0;
  return {
    hear(bytes) {
      tail.push(bytes);
      size += bytes.byteLength;
      while (tail.length > 1 && size - tail[0]!.byteLength >= TAIL_BYTES) size -= tail.shift()!.byteLength;
    },
    read() {
      const decoder = new TextDecoder("latin1");
      const text = tail.map((bytes) => decoder.decode(bytes.subarray(-TAIL_BYTES))).join("");
      tail = [];
      const counts = said.inputTokens === undefined ? (inUsage(text) ?? inMetrics(text)) : said;
      return counts && toUsage(counts);
    },
  };
}

const USAGE = '"usage":{';
const CHUNK = '"bytes":"';
const METRICS = '"amazon-bedrock-invocationMetrics":{';

/** The last one: a model may write JSON of its own before it, as the input of a tool. */
const inUsage = (text: string): Partial<Usage> | undefined => numbersAfter(USAGE, text);

function inMetrics(text: string): Partial<Usage> | undefined {
  const at = text.lastIndexOf(CHUNK);
  const base64 = at < 0 ? "" : text.slice(at + CHUNK.length).split('"', 1)[0]!;
  const metrics = numbersAfter(METRICS, decoded(base64));
  return metrics && countsOfMetrics(metrics);
}

/** More than there is to count. */
const LONGEST = 2_000;

/** The numbers of the last object that begins so, by their names. */
function numbersAfter(beginning: string, text: string): Record<string, number> | undefined {
  const at = text.lastIndexOf(beginning);
  if (at < 0) return undefined;
  const object = text
    .slice(at + beginning.length, at + LONGEST)
    .replace(/"cacheDetails":\[[^\]]*\]/, "")
    .split("}", 1)[0]!;
  return Object.fromEntries(
    [...object.matchAll(/"(\w+)":(\d+)/g)].map(([, name, digits]) => [name!, Number(digits)]),
  );
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}
