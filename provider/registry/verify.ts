/** What `spin:verify` demands of everything that is deployed: a signature by somebody who may. */
import { type Issue, issue } from "../../model/errors/index.ts";
import type { Context } from "../definition/context.ts";

/**
 * Nothing where nothing is demanded, or the digest is signed as demanded: what was verified is then what is deployed. Else
 * the reason at the property of that path. Writes nothing; a registry that does not answer is a reason too.
 */
export async function signatureIssues(reference: string, path: string, context: Context): Promise<Issue[]> {
  const { verify } = context.configuration;
  if (verify === undefined) return [];
  // Loaded when it is needed: most stacks demand nothing.
  const { judgeSignatures } = await import("./signatures.ts");
  return judgeSignatures(reference, path, verify, context);
}

/** An application that comes from the program itself has no signature, whoever wrote it. */
export function unsignedIssues(path: string, { configuration }: Context): Issue[] {
  if (configuration.verify === undefined) return [];
  const message = "spin:verify demands a signed artifact, and this application comes from the program.";
  const hint = "Push it, sign it and deploy the artifact; or leave spin:verify out of this stack.";
  return [issue("ERR_SPIN_SIGNATURE_MISSING", path, message, { hint })];
}
