/** What a reader of a terminal has use for. */
const LONGEST = 200;
const SHOWN = 40;

const FILE = /^(data:[^,]{0,100};base64,)?[A-Za-z0-9+/_-]+={0,2}$/;

/** A copy of a JSON value with the base64 of files shortened, and the size of each named. */
export function shortenFiles(value: unknown): unknown {
  if (typeof value === "string") return isFile(value) ? shortened(value) : value;
  if (Array.isArray(value)) return value.map(shortenFiles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortenFiles(each)]));
}

const isFile = (text: string): boolean => text.length > LONGEST && FILE.test(text);

function shortened(text: string): string {
  const base64 = text.slice(text.indexOf(",") + 1);
  const bytes = Math.floor((base64.replace(/={1,2}$/, "").length * 3) / 4);
  return `${text.slice(0, SHOWN)}… (base64, ${sizeOf(bytes)})`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
