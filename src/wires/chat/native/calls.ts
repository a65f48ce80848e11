import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { ownId } from "../../native/call-id.ts";

interface Call {
  index: number;
  /** What AWS calls it. */
  id: unknown;
  /** No argument has come yet. */
  silent: boolean;
}

/** The calls of one choice as they grow. */
export interface Calls {
  readonly made: boolean;
  /** Pieces as clients read them: numbered from 0, id and name only on the first piece of a call. */
  push(pieces: readonly unknown[]): JsonObject[];
  /** What calls without arguments still need to be JSON. */
  end(): JsonObject[];
}

export function createCalls(newId: (prefix: string) => string): Calls {
  const calls = new Map<unknown, Call>();
  let count = 0;

  const piece = (part: JsonObject, position: number): JsonObject[] => {
    const place = part["index"] ?? position;
    const called = (isObject(part["function"]) ? part["function"] : {}) as JsonObject;
    const { name, arguments: json } = called;
    const text = json == null ? "" : typeof json === "string" ? json : JSON.stringify(json);
    const known = calls.get(place);
    const id = part["id"] || known?.id;
    if (known && id === known.id) {
      known.silent &&= text.trim() === "";
      return text === "" ? [] : [{ index: known.index, function: { arguments: text } }];
    }
    const call = { index: count, id, silent: text.trim() === "" };
    count += 1;
    calls.set(place, call);
    const own = { id: ownId(id, newId), type: "function" };
    return [{ index: call.index, ...own, function: { name: String(name ?? ""), arguments: text } }];
  };

  return {
    get made() {
      return count > 0;
    },
    push: (pieces) => pieces.filter(isObject).flatMap(piece),
    end: () =>
      [...calls.values()]
        .filter(({ silent }) => silent)
        .map(({ index }) => ({ index, function: { arguments: "{}" } })),
  };
}
