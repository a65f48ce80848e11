/** How many bytes become characters at once: a function takes only so many arguments. */
const PIECE = 0x80_00;

/** Bytes as base64; text is base64 already. */
export function toBase64(data: string | Uint8Array): string {
  if (typeof data === "string") return data;
  let binary = "";
  for (let start = 0; start < data.length; start += PIECE)
    binary += String.fromCharCode(...data.subarray(start, start + PIECE));
  return btoa(binary);
}

export const textToBase64 = (text: string): string => toBase64(new TextEncoder().encode(text));
