type Named = Readonly<Record<string, string>>;

/** Headers of several, by their names in lower case: two spellings of a name are one header. Later ones count. */
export const mergedHeaders = (...sets: readonly (Named | undefined)[]): Record<string, string> =>
  Object.fromEntries(
    sets.flatMap((set = {}) => Object.entries(set).map(([name, value]) => [name.toLowerCase(), value])),
  );
