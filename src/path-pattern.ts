/** What a route's path says, taken apart once for all requests. */
export interface PathPattern {
  /** Of several that a path ends in, the highest is meant. */
  nearness: number;
  /**
   * What stands in the places of names, decoded; undefined for a path that does not end so.
   * @param path Without slashes at its end.
   * @param segments The same between its slashes.
   */
  namesIn(path: string, segments: readonly string[]): string[] | undefined;
}

/**
 * @param path `{…}` is one name. A path that ends in `/` goes on with a name that may hold slashes itself, and is given as it
 *   stands in the URL.
 */
export const patternOf = (path: string): PathPattern => (path.endsWith("/") ? goingOn(path) : ending(path));

function ending(path: string): PathPattern {
  const wanted = path.split("/").slice(1);
  const names = wanted.filter(isName).length;
  return {
    // `/chat/completions/{id}/messages` ends in `/messages` and in names, and words say more than names.
    nearness: (wanted.length - names) * 16 - names,
    namesIn(_, segments) {
      const start = segments.length - wanted.length;
      if (start < 1 || !wanted.every((each, at) => fits(segments[start + at]!, each))) return undefined;
      return wanted.flatMap((each, at) => (isName(each) ? decoded(segments[start + at]!) : []));
    },
  };
}

/** Only where nothing is known by its end: a mount may be called `/models` too. So the last time counts. */
const goingOn = (path: string): PathPattern => ({
  nearness: -1,
  namesIn(whole) {
    const start = whole.lastIndexOf(path);
    return start < 0 ? undefined : [whole.slice(start + path.length)];
  },
});

const isName = (segment: string): boolean => segment.startsWith("{");

const fits = (segment: string, wanted: string): boolean =>
  isName(wanted) ? segment !== "" : segment === wanted;

/** Clients encode what stands in paths; what is no encoding is a name like others. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
