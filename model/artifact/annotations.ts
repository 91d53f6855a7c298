import { annotationsMember } from "./descriptor.ts";
import type { LockedApp } from "../locked-app/index.ts";

const prefix = "org.opencontainers.image";

/** The annotations that Spin infers, but for `created`, which is there only when it is given: the same app, the same bytes. */
export function artifactAnnotations(
  { metadata }: LockedApp,
  given: Record<string, string> = {},
  created?: string,
): Record<string, string> {
  const { name, description, version, authors } = metadata;
  const texts = [
    [
      "authors",
      Array.isArray(authors) ? authors.filter((author) => typeof author === "string").join(", ") : "",
    ],
    ["created", created],
    ["description", description],
    ["title", name],
    ["version", version],
  ] as const;
  const inferred = texts.flatMap(([key, text]) =>
    typeof text === "string" && text !== "" ? [[`${prefix}.${key}`, text] as const] : [],
  );
  return annotationsMember({ ...Object.fromEntries(inferred), ...given }).annotations ?? {};
}
