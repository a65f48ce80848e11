import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";
import { type BodyLimits, readBody } from "./body.ts";
import { delimitersIn } from "./boundaries.ts";
import { packedBody } from "./content-encoding.ts";
import { isMultipart, mediaTypeOf, unsupportedContentType } from "./content-type.ts";

/** A file as it was sent. Its name and its type are what the sender says of it. */
export interface UploadedFile {
  bytes: Uint8Array;
  /** Empty where none is declared. */
  type: string;
  filename: string;
}

/** A field of a form. */
export type FormField = { name: string; text: string } | { name: string; file: UploadedFile };

/** A parser takes its time for every part and every header, and a small body has room for a million of them. */
const MAX_PARTS = 128;
const MAX_HEADER_BYTES = 8192;
/** In UTF-16 units: what is larger than that is a file, and sent as one. */
const MAX_TEXT = 1024 * 1024;
const DASH = 0x2d;

/**
 * A `multipart/form-data` body, read once, within bounds, into memory and nowhere else: its fields in their order.
 * @throws BedrockOpenAIError 415 (another content type, or packed), 413 (too large), 408 (stalled), 400 (not what it says it is).
 */
export async function readMultipart(request: Request, limits: BodyLimits): Promise<FormField[]> {
  const mediaType = mediaTypeOf(request);
  if (!isMultipart(mediaType)) throw unsupportedContentType(mediaType, ["multipart/form-data"]);
  const boundary = boundaryOf(request.headers.get("content-type")!);
  const bytes = await readBody(request, limits);
  checkParts(bytes, boundary);
  const form = await parsed(request, bytes, boundary);
  return Promise.all([...form].map(toField));
}

/** Source: RFC 2046 §5.1.1, which a quoted boundary may go a little beyond. */
const BOUNDARY = /;\s*boundary=(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,70})"|([^\s";,\\]{1,70}))\s*(?:;|$)/i;

function boundaryOf(contentType: string): string {
  const [, quoted, bare] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) throw unreadable("Its 'Content-Type' header names no boundary.");
  return boundary;
}

/** Before anything is made of them. */
function checkParts(bytes: Uint8Array, boundary: string): void {
  let parts = 0;
  for (const end of delimitersIn(bytes, boundary)) {
    // The form's end, of which a body has room for millions.
    if (bytes[end] === DASH && bytes[end + 1] === DASH) continue;
    parts += 1;
    if (parts > MAX_PARTS) {
      throw invalidRequest(`The form has too many fields: at most ${MAX_PARTS} are accepted.`, {
        code: "invalid_form",
      });
    }
    const head = String.fromCharCode(...bytes.subarray(end, end + MAX_HEADER_BYTES));
    if (!head.includes("\r\n\r\n")) throw unreadable("The headers of one of its parts do not end.");
  }
}

/** The boundary is told anew: a header that can be read in two ways is read in one. */
async function parsed(request: Request, bytes: Uint8Array, boundary: string): Promise<FormData> {
  const headers = { "content-type": `multipart/form-data; boundary="${boundary}"` };
  try {
    return await new Response(bytes as Uint8Array<ArrayBuffer>, { headers }).formData();
  } catch (cause) {
    throw (
      packedBody(request, cause) ??
      unreadable(
        "It is cut off, or its boundary is another than the one in the 'Content-Type' header.",
        cause,
      )
    );
  }
}

async function toField([name, value]: [string, File | string]): Promise<FormField> {
  if (typeof value === "string") {
    if (value.length > MAX_TEXT) throw tooLong(name, value.length);
    return { name, text: value };
  }
  const bytes = new Uint8Array(await value.arrayBuffer());
  return { name, file: { bytes, type: value.type, filename: value.name } };
}

const tooLong = (param: string, length: number): BedrockOpenAIError =>
  invalidRequest(
    `Invalid '${param}': string too long. Expected a string with maximum length ${MAX_TEXT}, but got a string with ` +
      `length ${length} instead. Send a file with a file name.`,
    { code: "string_above_max_length", param },
  );

const unreadable = (why: string, cause?: unknown): BedrockOpenAIError =>
  invalidRequest(
    `We could not parse the multipart/form-data body of your request. ${why} (HINT: Let your HTTP library set the ` +
      "'Content-Type' header itself; and mount this API before any parser of uploads, which takes the body away.)",
    { code: "invalid_form", cause },
  );
