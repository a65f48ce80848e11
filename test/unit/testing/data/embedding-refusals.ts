import { expect, it } from "vitest";
import { refusal, verdictOf } from "../invoke/call.ts";
import { RED_PNG } from "../support.ts";
import type { Body } from "../support.ts";
import { dataUri } from "./embedding-bodies.ts";

export type Refusals = readonly (readonly [what: string, body: Body, message: string])[];

export const BLANK = refusal("expected minLength: 1, actual: 0");
export const NO_IMAGE = "400 Could not process image";
export const NO_BASE64 = "400 The image is not a valid base64-encoded string.";
export const RED = dataUri(RED_PNG);

export function refuses(model: string, refusals: Refusals): void {
  it.each(refusals)("refuses %s", async (_, body, message) => {
    expect(await verdictOf(model, body)).toBe(message);
  });
}

export function accepts(model: string, bodies: readonly (readonly [what: string, body: Body])[]): void {
  it.each(bodies)("takes %s", async (_, body) => {
    expect(await verdictOf(model, body)).toBe("accepted");
  });
}
