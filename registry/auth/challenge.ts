/** `WWW-Authenticate` (RFC 9110, 11.6.1): schemes, each with parameters that may be quoted. */
export interface Challenge {
  /** Lower case. */
  scheme: string;
  /** Names in lower case. */
  parameters: Record<string, string>;
}

/** What stands between commas: a parameter, or a scheme with its first parameter or with a value that has no name. */
const items = /(?:[^,"]|"(?:[^"\\]|\\.)*")+/g;
const parameter = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))\s*$/;
const schemeAndRest = /^\s*([\w-]+)(?:\s+(.*))?$/s;

/** All challenges of a header; what makes no sense is left out, since registries may say things we do not know. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  for (const [item] of header.matchAll(items)) {
    if (addParameter(challenges.at(-1), item)) continue;
    const [, scheme, rest = ""] = schemeAndRest.exec(item) ?? [];
    if (scheme === undefined) continue;
    const challenge = { scheme: scheme.toLowerCase(), parameters: {} };
    challenges.push(challenge);
    addParameter(challenge, rest);
  }
  return challenges;
}

function addParameter(challenge: Challenge | undefined, text: string): boolean {
  const [, name, quoted, plain = ""] = parameter.exec(text) ?? [];
  if (challenge === undefined || name === undefined) return false;
  challenge.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/gs, "$1") ?? plain;
  return true;
}
