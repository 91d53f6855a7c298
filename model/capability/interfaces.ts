/** WIT interface names and their semver tracks. */

export interface InterfaceName {
  /** `wasi:http/types` */
  name: string;
  /** `0.2.10`, or "" when it has none. */
  version: string;
}

export function parseInterface(text: string): InterfaceName {
  const at = text.lastIndexOf("@");
  return at === -1 ? { name: text, version: "" } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/**
 * Whether an offer such as `wasi:io/streams@0.2` satisfies an import such as `wasi:io/streams@0.2.10`: the offer's
 * numbers begin the import's, and a prerelease needs its equal.
 */
export function offers(offer: string, wanted: string): boolean {
  const offered = parseInterface(offer);
  const asked = parseInterface(wanted);
  if (offered.name !== asked.name) return false;
  if (offered.version === asked.version) return true;
  if (asked.version.includes("-") || offered.version.includes("-")) return false;
  return asked.version.startsWith(`${offered.version}.`);
}
