import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import type { Difference } from "../definition/diff.ts";
import type { Properties } from "../definition/resource.ts";
import { messages } from "./protocol.ts";

const { DiffChanges } = messages.DiffResponse;
const { Kind } = messages.PropertyDiff;

/** A difference as the engine shows it, property by property. */
export function toDiffResponse(
  { changed, replaces }: Difference,
  olds: Properties,
  news: Properties,
): pb.DiffResponse {
  const response = new messages.DiffResponse();
  response.setChanges(changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
  response.setDiffsList(changed);
  response.setReplacesList(replaces);
  // A host knows one app of a name, and one app answers on a port.
  response.setDeletebeforereplace(replaces.length > 0);
  response.setHasdetaileddiff(true);
  for (const name of changed) {
    const difference = new messages.PropertyDiff();
    const [plain, replacing] = kindOf(olds[name], news[name]);
    difference.setKind(replaces.includes(name) ? replacing : plain);
    response.getDetaileddiffMap().set(name, difference);
  }
  return response;
}

function kindOf(old: unknown, wanted: unknown): [pb.PropertyDiff.Kind, pb.PropertyDiff.Kind] {
  if (wanted === undefined) return [Kind.DELETE, Kind.DELETE_REPLACE];
  if (old === undefined) return [Kind.ADD, Kind.ADD_REPLACE];
  return [Kind.UPDATE, Kind.UPDATE_REPLACE];
}
