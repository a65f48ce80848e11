import { BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { type BodyLimits, readTextOrBytes } from "./body.ts";
import { packedBody } from "./content-encoding.ts";
import { MAX_DEPTH } from "./depth.ts";
import { inPieces } from "./in-pieces.ts";
import { type FilesIn, parseLifting, parseText, type Upload } from "./lift.ts";
import { type Excess, excessIn, MAX_MEMBERS } from "./members.ts";
import { statusText } from "../status-text.ts";
import { textResponse } from "./text-response.ts";

export const jsonResponse = (value: unknown): Response =>
  textResponse(JSON.stringify(value), { statusText: statusText(200), headers: JSON_HEADERS });

const JSON_HEADERS: Readonly<Record<string, string>> = { "content-type": "application/json" };

/** The same for the bytes of what is JSON already, in pieces, which are never put together. */
export const jsonPiecesResponse = (pieces: readonly Uint8Array[]): Response =>
  new Response(inPieces(pieces), {
    statusText: statusText(200),
    headers: {
      "content-type": "application/json",
      "content-length": String(pieces.reduce((size, { length }) => size + length, 0)),
    },
  });

/**
 * Reads a JSON request body once, within bounds, its large files beside it.
 * @param filesIn The texts of a body that are files.
 * @throws BedrockOpenAIError 415 (not JSON by its content type, or packed), 413 (too large), 408 (stalled), 400 (not valid JSON).
 */
export async function readJson(request: Request, limits: BodyLimits, filesIn: FilesIn): Promise<Upload> {
  requireJsonContentType(request);
  const upload = parseJson(request, await readTextOrBytes(request, limits), filesIn);
  const excess = excessIn(upload.value, MAX_DEPTH);
  if (excess) throw refused(excess);
  return upload;
}

function refused({ kind, at, count }: Excess): BedrockOpenAIError {
  if (kind === "levels")
    return invalidRequest(`The JSON body is nested too deeply. The limit is ${MAX_DEPTH} levels.`);
  const what = at === "" ? "Invalid JSON body" : `Invalid '${at}'`;
  return invalidRequest(
    `${what}: too many properties. Expected at most ${MAX_MEMBERS}, but got ${count} instead.`,
    { code: "object_above_max_properties", ...(at !== "" && { param: at }) },
  );
}

function requireJsonContentType(request: Request): void {
  const contentType = request.headers.get("content-type") ?? "";
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (mediaType === "application/json" || mediaType.endsWith("+json")) return;
  throw new BedrockOpenAIError(
    415,
    `Unsupported content type: '${mediaType}'. This API method only accepts 'application/json' requests, ` +
      "but you specified a different 'Content-Type' header.",
    { type: "invalid_request_error", code: "unsupported_content_type" },
  );
}

function parseJson(request: Request, body: string | Uint8Array, filesIn: FilesIn): Upload {
  try {
    return typeof body === "string" ? parseText(body) : parseLifting(body, filesIn);
  } catch (cause) {
    throw (
      packedBody(request, cause) ??
      invalidRequest(
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP " +
          "library correctly. The API expects a JSON payload, but what was sent was not valid JSON.)",
        { cause },
      )
    );
  }
}
