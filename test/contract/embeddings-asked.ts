import type { BedrockOpenAIOptions } from "../../src/index.ts";
import type { House } from "../support/bedrock.ts";

/** How the tests of embeddings ask for them. */

type Body = Record<string, unknown>;

export interface Embedding {
  object: string;
  index: number;
  embedding: number[];
}

export interface Told {
  status: number;
  object: string;
  data: Embedding[];
  model: string;
  usage: { prompt_tokens: number; total_tokens: number };
  error?: { message: string; type: string; code: string | null; param: string | null };
  /** What was done on the caller's behalf: parameter and action. */
  notes: [param: string, action: string][];
  headers: Headers;
}

export interface Asking {
  options?: BedrockOpenAIOptions;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export const embeddingRequest = (body: unknown, { headers = {}, signal }: Asking = {}): Request =>
  new Request("http://localhost/v1/embeddings", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });

export async function embed(house: House, body: Body | string, asking: Asking = {}): Promise<Told> {
  const response = await house.withOptions(asking.options ?? {})(embeddingRequest(body, asking));
  const notes = JSON.parse(response.headers.get("x-bedrock-adjustments") ?? "[]") as Body[];
  return {
    ...((await response.json()) as Omit<Told, "status" | "notes" | "headers">),
    status: response.status,
    headers: response.headers,
    notes: notes.map(({ param, action }) => [String(param), String(action)]),
  };
}

/** The vectors of an answer, which has to be one. */
export async function vectors(house: House, body: Body, asking: Asking = {}): Promise<number[][]> {
  const { status, error, data } = await embed(house, body, asking);
  if (status !== 200) throw new Error(JSON.stringify(error));
  return data.map(({ embedding }) => embedding);
}

/** The bodies that AWS got, in the order of their arrival. */
export const bodies = (house: House): Body[] => house.bedrock.requests.map(({ body }) => body as Body);

/** 1 for the same direction, 0 for nothing in common. */
export function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}

/** Which of several is nearest. */
export const nearest = (query: readonly number[], all: readonly (readonly number[])[]): number => {
  const scores = all.map((each) => cosine(query, each));
  return scores.indexOf(Math.max(...scores));
};

/** As OpenAI's clients read base64. */
export const floatsIn = (base64: string): number[] => {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
};

export const DOCUMENTS = [
  "Refunds are paid within five days to the card that was charged.",
  "Our stores open at nine and close at six, Sundays excepted.",
  "Passwords can be reset on the page of your account.",
];

/** Questions, and which document answers each. */
export const QUESTIONS: [question: string, answer: number][] = [
  ["When will my refund be paid?", 0],
  ["when does the store open on sunday", 1],
  ["I want to reset the password of my account", 2],
];

export const TITAN_V1 = "amazon.titan-embed-text-v1";
export const TITAN = "amazon.titan-embed-text-v2:0";
export const TITAN_IMAGE = "amazon.titan-embed-image-v1";
export const COHERE = "cohere.embed-multilingual-v3";
export const COHERE_4 = "cohere.embed-v4:0";
export const NOVA = "amazon.nova-2-multimodal-embeddings-v1:0";
export const MARENGO_2 = "us.twelvelabs.marengo-embed-2-7-v1:0";
export const MARENGO_3 = "us.twelvelabs.marengo-embed-3-0-v1:0";

/** Every family, and how long its vectors are. */
export const FAMILIES: [model: string, dimensions: number][] = [
  [TITAN_V1, 1536],
  [TITAN, 1024],
  [TITAN_IMAGE, 1024],
  ["cohere.embed-english-v3", 1024],
  [COHERE, 1024],
  [COHERE_4, 1536],
  ["us.cohere.embed-v4:0", 1536],
  [NOVA, 3072],
  [MARENGO_2, 1024],
  ["twelvelabs.marengo-embed-3-0-v1:0", 512],
  [MARENGO_3, 512],
];
