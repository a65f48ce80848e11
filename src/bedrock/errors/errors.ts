import { BedrockOpenAIError } from "../../errors.ts";
import {
  ACCESS_BY_TEXT,
  BY_STATUS,
  BY_TEXT,
  internal,
  redirected,
  type Row,
  SIGNATURE_BY_TEXT,
  TABLE,
  tokenUnreadable,
  unavailable,
} from "./error-table.ts";
import { redact } from "./redact.ts";
import { badRegion, noRegion } from "./region-errors.ts";
import { retryAfterMs } from "./retry-after.ts";
import { isUnreadableFile } from "./unreadable-file.ts";
import { type NetworkFailure, unreachableBy } from "./unreachable.ts";
import { loggable } from "./without-signature.ts";

/** The part of an SDK error that we read. */
interface AwsFailure extends NetworkFailure {
  /** Of Node's, where it is no failure of AWS's. */
  syscall?: string;
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number; requestId?: string };
  $response?: { statusCode?: number; headers?: Record<string, string> };
  /** What OpenAI's or Anthropic's form of a refusal says. */
  native?: { code?: unknown; param?: unknown };
  /** What the model itself answered, on ModelErrorException and ModelStreamErrorException. */
  originalStatusCode?: number;
}

const NETWORK =
  /^(ECONN|ETIMEDOUT|EPROTO|ENOTFOUND|EAI_|EPIPE|EHOSTUNREACH|ENETUNREACH|ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_|ERR_PROXY|UND_ERR|HPE_)/;

/** What the SDK says to its programmer, of a body that it could not read. */
const NOT_FOR_CALLERS = /^UnknownError$|Deserialization error: to see the raw response/;

/** What AWS, its SDK or the network threw, as our error for this model. */
export function fromAwsError(thrown: unknown, model: string): BedrockOpenAIError {
  if (BedrockOpenAIError.isInstance(thrown)) return thrown;
  const failure = (typeof thrown === "object" && thrown !== null ? thrown : {}) as AwsFailure;
  const row = rowFor(failure);
  const detail = NOT_FOR_CALLERS.test(failure.message ?? "") ? "" : redact(failure.message ?? "", model);
  // The SDK has been patient already: a client that retried as well would multiply the attempts.
  const retried = (failure.$metadata?.attempts ?? 1) > 1;
  return new BedrockOpenAIError(row.status, row.message(model, detail), {
    type: row.type,
    code: row.code ?? text(failure.native?.code),
    param: row.param ?? text(failure.native?.param),
    headers: {
      "x-should-retry": String(row.retry && !retried),
      ...(failure.$metadata?.requestId && { "x-amzn-requestid": failure.$metadata.requestId }),
      ...(row.retry && comeAgain(failure, row)),
    },
    cause: loggable(thrown),
  });
}

/** When, as AWS says it, or as is usual. */
function comeAgain({ $response }: AwsFailure, { retryAfter }: Row): Record<string, string> {
  const { "retry-after": said, "retry-after-ms": precise } = $response?.headers ?? {};
  if (retryAfterMs($response?.headers) === undefined)
    return retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return {
    ...(said !== undefined && { "retry-after": said }),
    ...(precise !== undefined && { "retry-after-ms": precise }),
  };
}

/** AWS's own word for a 400 says nothing that the status does not. */
const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "validation_error" ? value : null;

/** The kinds whose texts tell more. */
const TEXTS: ReadonlyMap<Row | undefined, readonly (readonly [RegExp, Partial<Row>])[]> = new Map([
  [TABLE["validation"], BY_TEXT],
  [TABLE["accessdenied"], ACCESS_BY_TEXT],
  [TABLE["invalidsignature"], SIGNATURE_BY_TEXT],
]);

/** What the SDK says before it asks anybody. */
const OF_REGION: readonly (readonly [RegExp, Row])[] = [
  [/region is missing/i, noRegion],
  [/^region not accepted/i, badRegion],
];

function rowFor(failure: AwsFailure): Row {
  const ofRegion = OF_REGION.find(([pattern]) => pattern.test(failure.message ?? ""));
  if (ofRegion) return ofRegion[1];
  if (isUnreadableFile(failure)) return tokenUnreadable;
  // Before the name: the SDK calls a reset connection a TimeoutError.
  if (NETWORK.test(failure.code ?? "")) return unreachableBy(failure);
  const status = failure.$metadata?.httpStatusCode ?? failure.$response?.statusCode;
  const row =
    rowOfModelsStatus(failure.originalStatusCode) ??
    rowNamed(failure.name ?? "") ??
    rowOfStatus(status) ??
    byNature(status);
  const special = TEXTS.get(row)?.find(([pattern]) => pattern.test(failure.message ?? ""))?.[1];
  return { ...row, ...special };
}

/** `com.amazon#ThrottlingException:http://…`, `throttlingException` → `throttling`. */
const normalise = (name: string): string =>
  name
    .split(":", 1)[0]!
    .replace(/^.*#/, "")
    .replace(/Exception$/i, "")
    .toLowerCase();

const rowNamed = (name: string): Row | undefined => own(TABLE, normalise(name));

function rowOfStatus(status: number | undefined): Row | undefined {
  const name = own(BY_STATUS, String(status));
  return name === undefined ? undefined : TABLE[name];
}

/** What the model's host says of keys and paths is between AWS and it; of the request and its load it is for us. */
const rowOfModelsStatus = (status: number | undefined): Row | undefined =>
  status !== undefined && [400, 408, 429, 503].includes(status) ? rowOfStatus(status) : undefined;

/** Names come from the network: `constructor` must not find what every object has. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function byNature(status: number | undefined): Row {
  if (status !== undefined && status >= 300 && status < 400) return redirected;
  if (status !== undefined && status >= 502) return unavailable;
  if (status !== undefined && status >= 400 && status < 500) return TABLE["validation"]!;
  return internal;
}

/** A failure after Bedrock's 200: an exception frame, broken bytes, a lost connection. */
export function toStreamFailure(failure: unknown, model: string): BedrockOpenAIError {
  const { name = "" } = failure as AwsFailure;
  if (BedrockOpenAIError.isInstance(failure) || rowNamed(name)) return fromAwsError(failure, model);
  return new BedrockOpenAIError(
    502,
    `The answer of '${model}' broke off: Bedrock's stream ended early or was damaged.`,
    {
      type: "server_error",
      code: "stream_interrupted",
      cause: failure,
    },
  );
}
