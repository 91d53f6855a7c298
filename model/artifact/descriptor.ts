import { digestOf, isDigest } from "../digest.ts";
import { SpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";

/** image-spec descriptor.md. `urls` and `data` are neither written nor followed. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  /** Bytes. */
  size: number;
  annotations?: Record<string, string>;
  artifactType?: string;
}

export function descriptorOf(mediaType: string, bytes: Uint8Array): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** With members in the order in which OCI clients write them. */
export function orderedDescriptor(descriptor: Descriptor): Descriptor {
  const { mediaType, digest, size, annotations, artifactType } = descriptor;
  return {
    mediaType,
    digest,
    size,
    ...annotationsMember(annotations),
    ...(artifactType === undefined ? {} : { artifactType }),
  };
}

export function annotationsMember(annotations: Record<string, string> = {}): {
  annotations?: Record<string, string>;
} {
  const entries = Object.entries(annotations).sort(([a], [b]) => byCodeUnit(a, b));
  return entries.length === 0 ? {} : { annotations: Object.fromEntries(entries) };
}

/** Reads what came from outside: ERR_SPIN_ARTIFACT_MANIFEST, with the place. */
export function readDescriptor(value: unknown, place: string): Descriptor {
  const { mediaType, digest, size, annotations, artifactType } = readObject(value, place);
  if (typeof mediaType !== "string" || mediaType === "") throw malformed(`${place}.mediaType is no text`);
  if (typeof digest !== "string" || !isDigest(digest))
    throw malformed(`${place}.digest is no sha256 digest: ${JSON.stringify(digest)?.slice(0, 100)}`);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0)
    throw malformed(`${place}.size is no size in bytes`);
  return {
    mediaType,
    digest,
    size,
    ...annotationsMember(readAnnotations(annotations, `${place}.annotations`)),
    ...(typeof artifactType === "string" ? { artifactType } : {}),
  };
}

export function readAnnotations(value: unknown, place: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  const entries = Object.entries(readObject(value, place));
  if (entries.some(([, text]) => typeof text !== "string"))
    throw malformed(`${place} has a value that is no text`);
  return Object.fromEntries(entries) as Record<string, string>;
}

export function readObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw malformed(`${place} is no object`);
}

export function readList(value: unknown, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(`${place} is no list`);
}

export function malformed(problem: string): SpinError {
  return new SpinError("ERR_SPIN_ARTIFACT_MANIFEST", `The manifest is malformed: ${problem}.`);
}
