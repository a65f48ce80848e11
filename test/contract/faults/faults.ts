import { CONNECTION_FAULTS } from "./acts/connection.ts";
import { REFUSALS, STREAM_EXCEPTIONS } from "./acts/exceptions.ts";
import { FRAME_FAULTS, HARMLESS } from "./acts/frames.ts";
import { BODY_FAULTS, HTTP_FAULTS } from "./acts/http.ts";
import type { Fault } from "./fault.ts";

/** Everything that can go wrong at AWS or on the way, by the titles of docs/faults.md. */
export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "The connection": CONNECTION_FAULTS,
  "AWS's refusals": REFUSALS,
  "Other bodies": BODY_FAULTS,
  HTTP: HTTP_FAULTS,
  "Exceptions inside a stream": STREAM_EXCEPTIONS,
  "Frames of a stream": [...FRAME_FAULTS, ...HARMLESS],
};
