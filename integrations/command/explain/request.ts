import { createReadStream } from "node:fs";
import { CommandFailure, type Io } from "../terminal.ts";

/** A request's body, as it came and as a value. */
export interface RequestFile {
  text: string;
  body: Readonly<Record<string, unknown>>;
}

/** More than a handler takes by default, so that the handler itself says what is too much. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a request from a file, or from standard input for `-`.
 * @param model In the place of the request's own.
 * @throws CommandFailure for what cannot be read, and for what is no JSON object.
 */
export async function readRequestFile(
  file: string,
  model: string | undefined,
  io: Pick<Io, "stdin">,
): Promise<RequestFile> {
  const name = file === "-" ? "standard input" : `'${file}'`;
  const text = await readText(file, name, io);
  const body = parse(text, name);
  if (model === undefined) return { text, body };
  const asked = { ...body, model };
  return { text: JSON.stringify(asked), body: asked };
}

async function readText(file: string, name: string, { stdin }: Pick<Io, "stdin">): Promise<string> {
  try {
    return await collect(file === "-" ? stdin : createReadStream(file), name);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    const { code } = error as { code?: string };
    throw new CommandFailure(`${name} cannot be read: ${REASONS[code ?? ""] ?? String(code)}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "it is not yours to read",
  EISDIR: "it is a folder",
};

async function collect(chunks: AsyncIterable<Uint8Array | string>, name: string): Promise<string> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const piece = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    bytes += piece.byteLength;
    if (bytes > MAX_BYTES) throw new CommandFailure(`${name} is over 64 MiB, more than any request may be.`);
    read.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(read));
}

function parse(text: string, name: string): RequestFile["body"] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new CommandFailure(`${name} is no JSON: ${(error as Error).message}.`);
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as RequestFile["body"];
  throw new CommandFailure(
    `${name} is no request: a JSON object is wanted, such as { "model": …, "messages": […] }.`,
  );
}
