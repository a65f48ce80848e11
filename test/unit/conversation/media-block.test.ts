import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/conversation/media/formats.ts";
import { type MediaFile, toMediaBlock } from "../../../src/conversation/media/media-block.ts";
import { IMAGES } from "../../support/conversations.ts";

const file = (more: Partial<MediaFile> = {}, mediaType = "", bytes = "aGVsbG8="): MediaFile => ({
  source: { bytes, mediaType },
  param: "messages[0].content[0].file.file_data",
  kind: "document",
  ...more,
});
const inS3 = (uri: string, more: Partial<MediaFile> = {}): MediaFile =>
  file({ source: { s3: uri }, ...more });
/** Which member a file becomes, and of what format. */
const sent = (given: MediaFile): string => {
  const [[kind, value]] = Object.entries(toMediaBlock(given).block) as [[string, { format: string }]];
  return `${kind} ${value.format}`;
};

const DOCUMENTS = FORMATS.filter(({ kind }) => kind === "document");
const SIGNED = "JVBERi0xLjc=";

describe.each(DOCUMENTS)("a document of the format $format", ({ format, mediaTypes, extensions }) => {
  const bytes = format === "pdf" ? SIGNED : "aGVsbG8=";

  it.each(mediaTypes)("is told by the media type %s", (mediaType) => {
    expect(sent(file({}, mediaType, bytes))).toBe(`document ${format}`);
    expect(sent(file({ declared: `${mediaType.toUpperCase()}; charset=utf-8` }, "", bytes))).toBe(
      `document ${format}`,
    );
  });

  it.each(extensions)("is told by the extension %s, also of bytes of no type", (extension) => {
    const filename = `My.report.${extension.toUpperCase()}`;
    for (const type of ["", "application/octet-stream"])
      expect(sent(file({ filename }, type, bytes))).toBe(`document ${format}`);
  });

  it("is told by the caller's own word for it", () => {
    expect(sent(file({ declared: format }, "", bytes))).toBe(`document ${format}`);
  });

  it("keeps the bytes as they came, and its name without the extension", () => {
    expect(
      toMediaBlock(file({ filename: `dir/report.v2.${extensions[0]}` }, "", bytes)).block.document,
    ).toEqual({
      format,
      name: "report.v2",
      source: { bytes },
    });
  });
});

it("there are nine document formats, and Converse's four of images", () => {
  const named = (kind: string) =>
    FORMATS.filter((each) => each.kind === kind)
      .map(({ format }) => format)
      .toSorted();
  expect(named("document")).toEqual("csv doc docx html md pdf txt xls xlsx".split(" "));
  expect(named("image")).toEqual("gif jpeg png webp".split(" "));
});

describe("a document", () => {
  it("of text that has no format of its own is read as text", () => {
    for (const type of ["text/x-python", "text/vtt", "text/javascript; charset=utf-8"])
      expect(sent(file({}, type))).toBe("document txt");
  });

  it("in bare base64 is told by its bytes where they tell, else by its name", () => {
    expect(sent(file({}, "", SIGNED))).toBe("document pdf");
    expect(sent(file({ filename: "a.csv" }))).toBe("document csv");
  });

  it("without a name is called a document", () => {
    for (const filename of [undefined, "", ".pdf", "dir/"])
      expect(toMediaBlock(file({ filename }, "application/pdf", SIGNED)).block.document!.name).toBe(
        "document",
      );
  });

  it("that is a picture is sent as one", () => {
    expect(sent(file({ filename: "scan.pdf" }, "application/pdf", IMAGES.png))).toBe("image png");
  });
});

describe("an image", () => {
  const picture = (mediaType: string, bytes: string, more: Partial<MediaFile> = {}) =>
    file({ kind: "image", param: "messages[0].content[0].image_url.url", ...more }, mediaType, bytes);

  it.each(Object.entries(IMAGES))("is told by its bytes, whatever it is said to be: %s", (format, bytes) => {
    for (const type of ["", "image/png", "image/jpeg", "application/octet-stream"])
      expect(sent(picture(type, bytes))).toBe(`image ${format}`);
  });

  it("of another format than it says is refused by AWS, so it is sent as what it is, with a note", () => {
    expect(toMediaBlock(picture("image/png", IMAGES.jpeg)).sentAs).toBe("jpeg, which its bytes say it is");
    for (const type of ["image/jpeg", "image/jpg", "", "application/octet-stream"])
      expect(toMediaBlock(picture(type, IMAGES.jpeg)).sentAs).toBeUndefined();
    expect(toMediaBlock(picture("", IMAGES.jpeg, { declared: "jpg" })).sentAs).toBeUndefined();
  });

  it("whose bytes are of no image that Bedrock takes is refused, whatever it is called", () => {
    for (const [type, filename] of [
      ["image/png", "a.png"],
      ["image/bmp", "a.bmp"],
      ["", "a.gif"],
    ])
      expect(() => toMediaBlock(picture(type!, "Qk0AAAAA", { filename }))).toThrow(
        expect.objectContaining({
          status: 400,
          code: "invalid_image_format",
          param: "messages[0].content[0].image_url.url",
          message: expect.stringContaining("Bedrock accepts png, jpeg, gif, webp."),
        }),
      );
  });

  it("that is a PDF is sent as the document that it is", () => {
    expect(sent(picture("application/pdf", SIGNED))).toBe("document pdf");
  });

  it.each(["text/html", "text/plain; charset=utf-8", "application/xhtml+xml"])(
    "in whose place a server sends an error page is not that page: %s",
    (type) => {
      expect(() => toMediaBlock(picture(type, "PGh0bWw+", { fetched: true }))).toThrow(
        expect.objectContaining({ status: 400, code: "invalid_image_format" }),
      );
      expect(sent(file({ fetched: true }, "text/html"))).toBe("document html");
    },
  );
});

describe("sound", () => {
  it("in WAV begins like a WebP image, and is none", () => {
    const wav = "UklGRiQAAABXQVZF";
    expect(sent(file({ kind: "audio", declared: "wav" }, "", wav))).toBe("audio wav");
    expect(sent(file({ kind: "document" }, "audio/wav", wav))).toBe("audio wav");
  });

  it.each([
    ["mp3", "audio mp3"],
    ["mp4", "audio mp4"],
    ["webm", "audio webm"],
    ["mpeg", "audio mpeg"],
    ["flac", "audio flac"],
    ["pcm16", "audio pcm"],
  ])("of the format %s is sound, where a video may have that format too: %s", (declared, block) => {
    expect(sent(file({ kind: "audio", declared }))).toBe(block);
  });

  it("and moving pictures of one container are told apart by what they are for", () => {
    expect(sent(file({ kind: "video", filename: "a.mp4" }))).toBe("video mp4");
    expect(sent(file({ kind: "audio", filename: "a.mp4" }))).toBe("audio mp4");
    expect(sent(file({ kind: "video" }, "video/3gpp"))).toBe("video three_gp");
  });
});

describe("a file in S3", () => {
  it.each([
    ["s3://bucket/a/report.pdf", "document pdf"],
    ["s3://bucket/photo.JPG", "image jpeg"],
    ["s3://bucket/clip.mov", "video mov"],
    ["s3://bucket/report.pdf?versionId=1.2", "document pdf"],
  ])("is told by its extension: %s", (uri, block) => {
    expect(sent(inS3(uri))).toBe(block);
    expect(Object.values(toMediaBlock(inS3(uri)).block)[0]).toMatchObject({
      source: { s3Location: { uri } },
    });
  });

  it("without an extension is told by what the caller says, else refused", () => {
    expect(sent(inS3("s3://bucket/file", { declared: "application/pdf" }))).toBe("document pdf");
    expect(sent(inS3("s3://bucket/file", { kind: "image", declared: "image/png" }))).toBe("image png");
    expect(() => toMediaBlock(inS3("s3://bucket/file"))).toThrow(
      "Unsupported document (declared as 's3://bucket/file'): Bedrock accepts pdf,",
    );
  });
});

describe("a file of no kind that Converse takes", () => {
  it.each(["application/zip", "font/woff2", "application/octet-stream"])(
    "is refused, naming what it takes: %s",
    (type) => {
      expect(() => toMediaBlock(file({}, type))).toThrow(
        expect.objectContaining({
          status: 400,
          code: "unsupported_file",
          param: "messages[0].content[0].file.file_data",
          message: `Unsupported document (declared as '${type}'): Bedrock accepts pdf, csv, doc, docx, xls, xlsx, html, md, txt.`,
        }),
      );
    },
  );

  it("is refused in a short message, whatever it calls itself", () => {
    const refuse = () => toMediaBlock(file({ filename: "x".repeat(100_000) }));
    expect(refuse).toThrow(expect.objectContaining({ status: 400 }));
    expect(refuse).not.toThrow(/x{65}/);
  });
});
