/** As the SDK writes names in paths and queries, which signatures count: RFC 3986, with no character beyond its unreserved ones. */
export const escapeUri = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
