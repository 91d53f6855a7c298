/** References as container tools write them: `registry/repository[:tag][@digest]` (distribution's reference grammar). */
import { isDigest } from "../digest.ts";
import { SpinError } from "../errors/index.ts";

export interface Reference {
  /** Host and port, lower case; `docker.io` for Docker Hub under each of its names. */
  registry: string;
  /** On Docker Hub with `library/`, where no namespace is given. */
  repository: string;
  tag?: string;
  /** With a tag too: the digest decides, the tag is for people. */
  digest?: string;
}

const dockerHub = "docker.io";
const dockerHubNames = [dockerHub, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
/** Of registry and repository together, as everywhere. */
const longestName = 255;

const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const registryPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?$`);
const repositoryPattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;

/** ERR_SPIN_ARTIFACT_REFERENCE says which part is wrong. */
export function parseReference(text: string): Reference {
  const [rest = "", digest, ...others] = text.split("@");
  if (others.length > 0) throw malformed(text, 'it has more than one "@"');
  if (digest !== undefined && !isDigest(digest))
    throw malformed(text, `"${digest}" is no digest: expected sha256: and 64 hexadecimal digits`);
  const slash = rest.lastIndexOf("/");
  const colon = rest.indexOf(":", slash + 1);
  const [name, tag] = colon === -1 ? [rest, undefined] : [rest.slice(0, colon), rest.slice(colon + 1)];
  if (tag !== undefined && !isTag(tag))
    throw malformed(text, `"${tag}" is no tag: expected letters, digits, "_", "." and "-", at most 128`);
  return {
    ...splitName(name, text),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** In its whole form, which reads back to the same parts. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** What a registry is asked for: the digest when there is one, else the tag, else `latest`. */
export function targetOf({ tag, digest }: Reference): string {
  return digest ?? tag ?? "latest";
}

/** `docker.io` for each name of Docker Hub, else the name itself in lower case. Also for names that people log in to. */
export function registryName(text: string): string {
  const name = text.toLowerCase();
  return dockerHubNames.includes(name) ? dockerHub : name;
}

/** Where the API of a registry is: Docker Hub has it under another name. */
export function apiHost(registry: string): string {
  return registry === dockerHub ? "registry-1.docker.io" : registry;
}

export function isRegistry(text: string): boolean {
  return registryPattern.test(text);
}

/** The first part is a registry when it could not be a namespace: with a dot or a port, or `localhost`. */
function splitName(name: string, text: string): Pick<Reference, "registry" | "repository"> {
  const [first = "", ...rest] = name.split("/");
  const hasRegistry = rest.length > 0 && (/[.:[]/.test(first) || first.toLowerCase() === "localhost");
  const registry = registryName(hasRegistry ? first : dockerHub);
  const path = hasRegistry ? rest.join("/") : name;
  if (!isRegistry(registry)) throw malformed(text, `"${first}" is no registry: expected host or host:port`);
  const repository = registry === dockerHub && !path.includes("/") ? `library/${path}` : path;
  if (path === "" || !repositoryPattern.test(repository)) {
    const isUpper = repositoryPattern.test(repository.toLowerCase());
    const expected = isUpper ? "lower case" : 'lower-case words, digits, "." "_" "-" and "/" between them';
    throw malformed(text, `"${path}" is no repository: expected ${expected}`);
  }
  if (registry.length + 1 + repository.length > longestName)
    throw malformed(text, `registry and repository are longer than ${longestName} characters`);
  return { registry, repository };
}

function malformed(text: string, problem: string): SpinError {
  const shown = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return new SpinError("ERR_SPIN_ARTIFACT_REFERENCE", `"${shown}" is no reference: ${problem}.`);
}
