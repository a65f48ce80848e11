import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { Awaitable } from "../../../awaitable.ts";
import type { HttpRequest } from "../codec.ts";
import type { Operation } from "../parcel.ts";
import type { Envelope } from "./envelope.ts";
import type { Identity } from "./identity.ts";

/** The parts of a client's configuration that a call is made with. */
export type Borrowed = Pick<
  BedrockRuntimeClient["config"],
  "maxAttempts" | "requestHandler" | "retryStrategy" | "httpAuthSchemes" | "credentials" | "token"
>;

/** Who has all that a call is made with, and no middleware stack to go through. */
export interface LeanLender {
  readonly config: Pick<BedrockRuntimeClient["config"], "region" | "maxAttempts" | "requestHandler">;
  /** Whoever a call is made as now. @throws What the provider of credentials throws. */
  identity(): Awaitable<Identity>;
  /** @throws The same. */
  write(operation: Operation): Promise<Envelope>;
  /** Adds what AWS is told of the moment a call is made in. */
  tell(request: HttpRequest): void;
}

/** Whose parts a call is made with. */
export type Lender = BedrockRuntimeClient | LeanLender;

export const isLean = (lender: Lender): lender is LeanLender => !("middlewareStack" in lender);
