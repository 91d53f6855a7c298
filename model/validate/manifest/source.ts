import { type Issue, issue } from "../../errors/index.ts";
import { kebabProblem } from "../../manifest/identifiers.ts";
import { parseVersion } from "../../manifest/dependency-name.ts";
import type { ComponentSource } from "../../manifest/types.ts";

/** Where a component's binary comes from: a path, a URL with its digest, or one version of a package. */
export function sourceIssues(source: ComponentSource, path: string): Issue[] {
  if (typeof source === "string")
    return source.trim() === "" ? [problemAt(path, "The source is empty.")] : [];
  if ("url" in source) return remoteIssues(source, path);
  const version =
    parseVersion(source.version) === undefined
      ? [
          problemAt(
            `${path}.version`,
            `The version "${source.version}" is not exact; expected one such as 1.2.3.`,
            "Write the one version to run; requirements such as ^1.2 are for dependencies.",
          ),
        ]
      : [];
  return [...packageIssues(source.package, `${path}.package`), ...version];
}

export function remoteIssues({ url, digest }: { url: string; digest: string }, path: string): Issue[] {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const isDigest = /^sha256:[0-9a-f]{64}$/i.test(digest);
  return [
    ...(isWeb
      ? []
      : [
          problemAt(
            `${path}.url`,
            `The URL "${url}" is not of http or https.`,
            "Write it as https://host/path.",
          ),
        ]),
    ...(isDigest
      ? []
      : [
          problemAt(
            `${path}.digest`,
            `The digest "${digest}" is not sha256: and 64 hex digits.`,
            'Write digest = "sha256:<hex>", with what `sha256sum FILE` prints.',
          ),
        ]),
  ];
}

export function packageIssues(name: string, path: string): Issue[] {
  const words = name.split(":");
  const isName = words.length === 2 && words.every((word) => kebabProblem(word) === undefined);
  if (isName) return [];
  const hint = 'Write it as the registry lists it, for example "fermyon:spin-redirect".';
  return [problemAt(path, `The package "${name}" is not of the form namespace:name.`, hint)];
}

function problemAt(path: string, message: string, hint?: string): Issue {
  return issue("ERR_SPIN_COMPONENT_SOURCE", path, message, hint === undefined ? {} : { hint });
}
