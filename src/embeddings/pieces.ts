import type { ContentBlock } from "../conversation/types.ts";
import type { FileKind, Input } from "./family.ts";

/** Readers of an input's pieces, for the families. */

export const isText = ({ pieces }: Input): boolean => pieces.every(({ text }) => text !== undefined);

/** All text of an input; undefined where it has none. */
export function textIn(input: Input | undefined): string | undefined {
  const texts = (input?.pieces ?? []).flatMap(({ text }) => text ?? []);
  return texts.length > 0 ? texts.join("\n") : undefined;
}

export const textOf = (input: Input | undefined): string => textIn(input) ?? "";

/** The base64 of an input's first file of a kind. */
export const mediaOf = (input: Input | undefined, kind: FileKind): string | undefined =>
  (input?.pieces ?? []).flatMap((piece) => piece[kind]?.source.bytes ?? [])[0];

/** An image as Cohere takes it. */
export const toDataUrl = ({ image }: ContentBlock): string =>
  `data:image/${image?.format};base64,${image?.source.bytes ?? ""}`;

export const dataUrlOf = ({ pieces }: Input): string => toDataUrl(pieces[0]!);

/** An image as TwelveLabs takes it. */
export function mediaSourceOf(input: Input | undefined): object | undefined {
  const source = input?.pieces.find(({ image }) => image)?.image?.source;
  if (!source) return undefined;
  return source.s3Location ? { s3Location: source.s3Location } : { base64String: source.bytes };
}
