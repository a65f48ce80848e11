export interface FetchedMedia {
  /** Base64. */
  bytes: string;
  /** Lower case, without parameters; '' where the server named none. */
  mediaType: string;
}

/**
 * Downloads one http(s) URL.
 * @param param the path of the parameter that holds the URL, for instance `messages[0].content[1].image_url.url`.
 * @throws BedrockOpenAIError 400 `invalid_image_url`; the signal's reason once it is aborted.
 */
export type MediaFetcher = (url: string, param: string, signal: AbortSignal) => Promise<FetchedMedia>;
