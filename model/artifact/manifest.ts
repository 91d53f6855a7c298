/** Manifests and indexes as bytes and as data (image-spec manifest.md, image-index.md). Bytes are kept, never written anew. */
import { digestOf } from "../digest.ts";
import { SpinError } from "../errors/index.ts";
import {
  annotationsMember,
  type Descriptor,
  malformed,
  orderedDescriptor,
  readAnnotations,
  readDescriptor,
  readList,
  readObject,
} from "./descriptor.ts";
import { mediaTypes } from "./media-types.ts";

export interface ImageManifest {
  kind: "manifest";
  mediaType: string;
  artifactType?: string;
  config: Descriptor;
  layers: Descriptor[];
  /** What a referrer belongs to. */
  subject?: Descriptor;
  annotations: Record<string, string>;
}

export interface ImageIndex {
  kind: "index";
  mediaType: string;
  manifests: Descriptor[];
  subject?: Descriptor;
  annotations: Record<string, string>;
}

export interface StoredManifest {
  bytes: Uint8Array;
  mediaType: string;
  digest: string;
}

/** Registries take manifests of at least this size (distribution-spec), and hardly one takes more. */
export const manifestLimitBytes = 4 * 1024 * 1024;
const mostDescriptors = 10_000;

/** ERR_SPIN_ARTIFACT_MANIFEST for bytes that are no manifest, ERR_SPIN_ARTIFACT_MEDIA_TYPE for another kind of one. */
export function parseImageManifest(bytes: Uint8Array, announced?: string): ImageManifest | ImageIndex {
  const value = readObject(parseJson(bytes), "it");
  const said = value["mediaType"];
  const mediaType = typeof said === "string" ? said : (announced ?? typeByShape(value));
  if (announced !== undefined && typeof said === "string" && said !== announced)
    throw wrongType(`The manifest says that it is ${said}, and the registry that it is ${announced}`);
  const annotations = readAnnotations(value["annotations"], "annotations");
  const { subject: owner = null } = value;
  const subject = owner === null ? {} : { subject: readDescriptor(owner, "subject") };
  if (mediaType === mediaTypes.imageManifest || mediaType === mediaTypes.dockerManifest) {
    // A document that could be read as either kind is a known trick (image-spec, CVE-2021-41190).
    if (value["manifests"] !== undefined) throw malformed('it has both kinds of content, "manifests" too');
    const artifactType = value["artifactType"];
    return {
      kind: "manifest",
      mediaType,
      ...(typeof artifactType === "string" ? { artifactType } : {}),
      config: readDescriptor(value["config"], "config"),
      layers: readDescriptors(value["layers"] ?? [], "layers"),
      ...subject,
      annotations,
    };
  }
  if (mediaType === mediaTypes.imageIndex || mediaType === mediaTypes.dockerManifestList) {
    if (value["layers"] !== undefined) throw malformed('it has both kinds of content, "layers" too');
    return {
      kind: "index",
      mediaType,
      manifests: readDescriptors(value["manifests"] ?? [], "manifests"),
      ...subject,
      annotations,
    };
  }
  throw wrongType(`The manifest is of the type ${JSON.stringify(mediaType)}, which is none of OCI's`);
}

/** The bytes of an image manifest, members in the order of OCI's own tools: equal content, equal digest. */
export function writeImageManifest(manifest: Omit<ImageManifest, "kind" | "mediaType">): StoredManifest {
  const { artifactType, config, layers, subject, annotations } = manifest;
  return stored(mediaTypes.imageManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    ...(artifactType === undefined ? {} : { artifactType }),
    config: orderedDescriptor(config),
    layers: layers.map(orderedDescriptor),
    ...(subject === undefined ? {} : { subject: orderedDescriptor(subject) }),
    ...annotationsMember(annotations),
  });
}

export function writeImageIndex(manifests: readonly Descriptor[]): StoredManifest {
  return stored(mediaTypes.imageIndex, {
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: manifests.map(orderedDescriptor),
  });
}

function stored(mediaType: string, content: object): StoredManifest {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  return { bytes, mediaType, digest: digestOf(bytes) };
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > manifestLimitBytes) throw malformed(`it is larger than ${manifestLimitBytes} bytes`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("it is no JSON");
  }
}

function readDescriptors(value: unknown, place: string): Descriptor[] {
  const list = readList(value, place);
  if (list.length > mostDescriptors) throw malformed(`${place} has more than ${mostDescriptors} entries`);
  return list.map((item, index) => readDescriptor(item, `${place}[${index}]`));
}

/** Spin itself writes no mediaType. */
function typeByShape(value: Record<string, unknown>): string {
  return value["manifests"] === undefined ? mediaTypes.imageManifest : mediaTypes.imageIndex;
}

function wrongType(problem: string): SpinError {
  return new SpinError("ERR_SPIN_ARTIFACT_MEDIA_TYPE", `${problem}.`);
}
