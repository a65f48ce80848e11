import type * as z from "../../schema/z.ts";
import type { JsonObject } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import { isTooDeep, MAX_DEPTH } from "../../http/depth.ts";
import type { FormField, UploadedFile } from "../../http/multipart.ts";
import { toBase64 } from "../../http/base64.ts";
import { pathOf } from "./name-path.ts";
import { type Branch, grown, toValue } from "./tree.ts";
import { fitting, untexted, untextedMember } from "./typed.ts";

export interface FormParameters {
  /** The endpoint's parameters. */
  shape: Readonly<Record<string, z.Schema>>;
  /** Those of them that are files. Others that the endpoint does not know may be. */
  files: readonly string[];
}

type Leaf = string | { base64: string };

/**
 * The fields of a form as the JSON body that they stand for: numbers, flags and objects where the endpoint expects them,
 * and files as their base64. Texts that it does not know stay texts: what they are, their family knows.
 * @throws BedrockOpenAIError 400 for a file in the place of a text, and for an empty one.
 */
export function toBody(fields: readonly FormField[], parameters: FormParameters): JsonObject {
  const leaves = fields.map((field) => ({ name: field.name, leaf: leafOf(field, parameters) }));
  const { children } = grown<Leaf>(leaves);
  const body = Object.fromEntries(
    [...children].map(([name, branch]) => [name, valueOf(name, branch, parameters)]),
  ) as JsonObject;
  if (!isTooDeep(body)) return body;
  throw invalidRequest(`The form is nested too deeply. The limit is ${MAX_DEPTH} levels.`);
}

const isKnown = (name: string, { shape }: FormParameters): boolean => Object.hasOwn(shape, name);

function leafOf(field: FormField, parameters: FormParameters): Leaf {
  if ("text" in field) return field.text;
  const [name = ""] = pathOf(field.name);
  if (!isKnown(name, parameters) || parameters.files.includes(name)) return contentOf(field.file, field.name);
  throw invalidRequest(`Invalid type for '${name}': expected a string, but got a file instead.`, {
    code: "invalid_type",
    param: name,
  });
}

function contentOf({ bytes }: UploadedFile, param: string): Leaf {
  if (bytes.length > 0) return { base64: toBase64(bytes) };
  throw invalidRequest(`Invalid '${param}': the file is empty.`, { code: "empty_image_file", param });
}

function valueOf(name: string, branch: Branch<Leaf>, parameters: FormParameters): unknown {
  const text = toValue(branch, name, asText);
  const schema = isKnown(name, parameters) ? parameters.shape[name] : undefined;
  if (typeof text !== "string") {
    const values = toValue(branch, name, asMember);
    return schema ? fitting(schema, [values, text]) : values;
  }
  if (name === "extra_body") return untexted(text);
  return schema ? single(schema, text) : text;
}

const asText = (leaf: Leaf): string => (typeof leaf === "string" ? leaf : leaf.base64);

const asMember = (leaf: Leaf, name: string): unknown =>
  typeof leaf === "string" ? untextedMember(leaf, name) : leaf.base64;

/** What is left empty says nothing, unless nothing is what may be said. */
function single(schema: z.Schema, text: string): unknown {
  const value = fitting(schema, [text, untexted(text)]);
  return value === "" && !schema.safeParse(value).success ? undefined : value;
}
