import { crc32, deflateSync } from "node:zlib";
import type { BedrockEmulator } from "../../../../src/testing/index.ts";
import { answerOf, at } from "../invoke/call.ts";
import type { Body } from "../support.ts";

export const TITAN_V1 = "amazon.titan-embed-text-v1";
export const TITAN_V2 = "amazon.titan-embed-text-v2:0";
export const TITAN_IMAGE = "amazon.titan-embed-image-v1";
export const COHERE_V3 = "cohere.embed-english-v3";
export const COHERE_V4 = "cohere.embed-v4:0";
export const NOVA = "amazon.nova-2-multimodal-embeddings-v1:0";
export const MARENGO_2 = "us.twelvelabs.marengo-embed-2-7-v1:0";
export const MARENGO_3 = "us.twelvelabs.marengo-embed-3-0-v1:0";

export const cohere = (more: Body): Body => ({ input_type: "search_document", ...more });

export const nova = (params: Body, more: Body = {}): Body => ({
  taskType: "SINGLE_EMBEDDING",
  singleEmbeddingParams: { embeddingPurpose: "GENERIC_INDEX", ...params },
  ...more,
});
export const novaText = (value: string, truncationMode = "END") => ({ text: { truncationMode, value } });

export const marengo = (inputType: string, input: Body): Body => ({ inputType, [inputType]: input });

export const dataUri = (base64: string, type = "png"): string => `data:image/${type};base64,${base64}`;

/** A PNG of one colour, in base64. */
export function png(red: number, green: number, blue: number, size = 4): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: size }, () => [red, green, blue]).flat()]);
  const rows = Buffer.concat(Array.from({ length: size }, () => row));
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]).toString("base64");
}

/** The first bytes of a JPEG of 3×2 pixels, and of a GIF. */
export const JPEG = Buffer.from("ffd8ffc0001108000200030301220002110103110100", "hex").toString("base64");
export const GIF = Buffer.from("GIF89a\u0003\u0000\u0002\u0000\u0000\u0000\u0000\u0000", "latin1").toString(
  "base64",
);

/** Where each family's answer holds the vector of its only input. */
const PLACES = [
  "embedding",
  "embeddings.0.embedding",
  "embeddings.float.0",
  "embeddings.0",
  "data.0.embedding",
  "data.embedding",
];

export async function vectorOf(model: string, body: Body, bedrock?: BedrockEmulator): Promise<number[]> {
  const answer = await answerOf(model, body, bedrock);
  const found = PLACES.map((place) => at(answer, place)).find(Array.isArray);
  if (!found) throw new Error(JSON.stringify(answer));
  return found as number[];
}

export const lengthOf = (vector: readonly number[]): number => Math.hypot(...vector);

/** 1 for the same direction, 0 for nothing in common. */
export function cosine(one: readonly number[], other: readonly number[]): number {
  const product = one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  return product / (lengthOf(one) * lengthOf(other));
}
