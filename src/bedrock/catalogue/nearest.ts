import { geoOf, withoutGeo } from "../models/family.ts";
import { editDistance } from "./edit-distance.ts";

/** More ids than a Region has, more letters than an id has: what the cost is bounded by. */
const MAX_IDS = 800;
const MAX_CHARS = 100;

/** Of 1 for nothing in common: who is further off is no help. */
const FAR = 0.6;

/** A vendor is a word that people know; another one is another model. */
const VENDOR_WEIGHT = 0.5;

/** What a name is a part of is likelier meant than its length says. */
const PART_WEIGHT = 0.4;

/** What tells one model's versions apart tells least of what was meant. */
const VERSION_WEIGHT = 0.1;
const VERSION = /(-\d{8})?(-v\d+)?(:\d+)?$/;

/** Where a name begins that stands behind routes, Regions or an ARN's head. */
const HEAD = /^.*\//s;

interface Read {
  geo: string;
  vendor: string;
  model: string;
  version: string;
}

function read(name: string): Read {
  const bare = name.slice(-MAX_CHARS).toLowerCase().replace(HEAD, "");
  const geo = geoOf(bare) ?? "";
  const [, vendor = "", rest = ""] = /^(?:([a-z][a-z0-9]*)\.)?(.*)$/s.exec(withoutGeo(bare)) ?? [];
  const version = VERSION.exec(rest)?.[0] ?? "";
  return { geo, vendor, model: rest.slice(0, rest.length - version.length), version };
}

/** An ARN ends in letters by chance: nobody comes near one by spelling a model's name. */
const isArn = (name: string): boolean => /^(bedrock\/)?arn:/.test(name);

/** The known ids that a misspelt name may have meant, likeliest first; none where nothing is near. */
export function nearest(name: string, ids: readonly string[], count = 3): string[] {
  const asked = read(name);
  return ids
    .slice(0, MAX_IDS)
    .filter((id) => isArn(id) === isArn(name))
    .map((id) => ({ id, far: distance(asked, read(id)) }))
    .filter(({ far }) => far < FAR)
    .toSorted((one, other) => one.far - other.far || (one.id < other.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}

function distance(asked: Read, known: Read): number {
  const model = share(asked.model, known.model);
  const part = asked.model.length > 2 && known.model.includes(asked.model);
  const vendor = asked.vendor === "" ? 0 : VENDOR_WEIGHT * share(asked.vendor, known.vendor);
  const version = asked.version === "" ? 0 : VERSION_WEIGHT * share(asked.version, known.version);
  // Among equals, the geography that was asked for.
  const geo = asked.geo === known.geo ? 0 : 0.01;
  return (part ? PART_WEIGHT * model : model) + vendor + version + geo;
}

/** 0 for the same, 1 for nothing in common. */
function share(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 0 : editDistance(one, other) / longer;
}
