import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { HttpRequest } from "../codec.ts";
import type { Operation } from "../parcel.ts";
import type { Envelope } from "./envelope.ts";

/** The parts of a client's configuration that a call is made with. */
export type Borrowed = Pick<
  BedrockRuntimeClient["config"],
  "maxAttempts" | "requestHandler" | "retryStrategy" | "httpAuthSchemes" | "credentials" | "token"
>;

/** Who has all that a call is made with, and no middleware stack to go through. */
export interface LeanLender {
  readonly config: Borrowed;
  /** @throws What the provider of credentials throws. */
  write(operation: Operation): Promise<Envelope>;
  /** Adds what AWS is told of the moment a call is made in. */
  tell(request: HttpRequest): Promise<void> | undefined;
}

/** Whose parts a call is made with. */
export type Lender = BedrockRuntimeClient | LeanLender;

export const isLean = (lender: Lender): lender is LeanLender => !("middlewareStack" in lender);
