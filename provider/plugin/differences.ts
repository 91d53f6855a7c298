import type * as pb from "@pulumi/pulumi/proto/provider_pb.js";
import type { ChangeKind } from "../definition/changes.ts";
import type { Difference } from "../definition/diff.ts";
import { messages } from "./protocol.ts";

const { DiffChanges } = messages.DiffResponse;
const { Kind } = messages.PropertyDiff;

const kinds: Record<ChangeKind, { plain: pb.PropertyDiff.Kind; replacing: pb.PropertyDiff.Kind }> = {
  add: { plain: Kind.ADD, replacing: Kind.ADD_REPLACE },
  delete: { plain: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
  update: { plain: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
};

/** A difference as the engine shows it, path by path. */
export function toDiffResponse({
  changed,
  replaces,
  detailed,
  deleteBeforeReplace,
}: Difference): pb.DiffResponse {
  const response = new messages.DiffResponse();
  response.setChanges(changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
  response.setDiffsList(changed);
  response.setReplacesList(replaces);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const [path, { kind, replaces: isReplaced }] of Object.entries(detailed)) {
    const { plain, replacing } = kinds[kind];
    const difference = new messages.PropertyDiff().setKind(isReplaced ? replacing : plain);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}
