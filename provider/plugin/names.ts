import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties, ResourceDefinition } from "../definition/resource.ts";
import { messages } from "./protocol.ts";

const { Mode } = messages.CheckRequest.AutonamingOptions;

/**
 * The inputs with a name, where the program gave none. Names inside an app are the resource's own; the name on a host,
 * which other stacks share, follows the project's `pulumi:autonaming` when that prescribes one, and then stays.
 */
export function withName(
  { namedBy, identityName }: ResourceDefinition,
  news: Properties,
  request: pb.CheckRequest,
): Properties {
  const mode = request.getAutonaming()?.getMode() ?? Mode.PROPOSE;
  if (namedBy !== undefined && news[namedBy] === undefined && mode !== Mode.DISABLE) {
    return { ...news, [namedBy]: request.getName() || (request.getUrn().split("::")[3] ?? "") };
  }
  if (identityName !== undefined && news[identityName] === undefined && mode === Mode.ENFORCE) {
    const former = request.getOlds()?.getFieldsMap().get(identityName)?.getStringValue();
    return { ...news, [identityName]: former || (request.getAutonaming()?.getProposedName() ?? "") };
  }
  return news;
}
