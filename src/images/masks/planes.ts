import { CHANNELS, type ColourType, type Png } from "./png.ts";
import type { Samples } from "./samples.ts";

const OPAQUE = 255;

/** A value of a pixel, by the place of its first sample. */
type Read = (first: number) => number;

/** A sample as eight bits. */
const eightBits = ({ depth }: Png): ((sample: number) => number) => {
  if (depth === 8) return (sample) => sample;
  if (depth === 16) return (sample) => sample >> 8;
  const step = OPAQUE / ((1 << depth) - 1);
  return (sample) => sample * step;
};

/** The sample that stands so far behind the first one. */
const behind =
  (distance: number) =>
  (samples: Samples, png: Png): Read => {
    const read = eightBits(png);
    return (first) => read(samples[first + distance]!);
  };

/** Of the palette: one of the colours' bytes, or their alpha. */
const ofPalette =
  (bytes: (png: Png) => Uint8Array, stride: number, offset: number, otherwise: number) =>
  (samples: Samples, png: Png): Read => {
    const table = bytes(png);
    return (first) => table[samples[first]! * stride + offset] ?? otherwise;
  };

/** One colour that is transparent, in samples as deep as the image's own. Source: the PNG specification, §11.3.2.1. */
const ofOneColour = (samples: Samples, { transparency, colourType }: Png): Read => {
  if (!transparency) return () => OPAQUE;
  const wanted = Array.from(
    { length: CHANNELS[colourType] },
    (_, channel) => ((transparency[channel * 2] ?? 0) << 8) | (transparency[channel * 2 + 1] ?? 0),
  );
  return (first) => (wanted.every((sample, channel) => samples[first + channel] === sample) ? 0 : OPAQUE);
};

type Reader = (samples: Samples, png: Png) => Read;

const ALPHAS: Readonly<Record<ColourType, Reader>> = {
  0: ofOneColour,
  2: ofOneColour,
  3: ofPalette(({ transparency = new Uint8Array() }) => transparency, 1, 0, OPAQUE),
  4: behind(1),
  6: behind(3),
};

const grey = [behind(0), behind(0), behind(0)];
const rgb = [behind(0), behind(1), behind(2)];

/** Red, green, blue. */
const COLOURS: Readonly<Record<ColourType, readonly Reader[]>> = {
  0: grey,
  2: rgb,
  3: [0, 1, 2].map((offset) => ofPalette(({ palette }) => palette, 3, offset, 0)),
  4: grey,
  6: rgb,
};

/** How opaque each pixel is: 0 to 255. */
export function alphasOf(samples: Samples, png: Png): Uint8Array {
  const read = ALPHAS[png.colourType](samples, png);
  const channels = CHANNELS[png.colourType];
  const alphas = new Uint8Array(png.width * png.height);
  for (let pixel = 0; pixel < alphas.length; pixel += 1) alphas[pixel] = read(pixel * channels);
  return alphas;
}

/** The pixels as they look on white: three bytes each. */
export function onWhite(samples: Samples, alphas: Uint8Array, png: Png): Uint8Array {
  const readers = COLOURS[png.colourType].map((reader) => reader(samples, png));
  const channels = CHANNELS[png.colourType];
  const pixels = new Uint8Array(alphas.length * 3);
  for (let pixel = 0, at = 0; pixel < alphas.length; pixel += 1) {
    const alpha = alphas[pixel]!;
    for (const read of readers) {
      pixels[at] = Math.round((read(pixel * channels) * alpha) / OPAQUE) + OPAQUE - alpha;
      at += 1;
    }
  }
  return pixels;
}
