import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "../definition/resource.ts";
import { decode, decodeWithSecrets, type Decoded } from "../wire/decode.ts";
import { encode, type EncodeOptions } from "../wire/encode.ts";
import { Struct } from "./protocol.ts";

export type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";

type Wire = StructMessage | undefined;

/** Properties of a request; an import has none. */
export function fromStruct(struct: Wire): Properties {
  return decode(plain(struct));
}

export function fromStructWithSecrets(struct: Wire): Decoded {
  return decodeWithSecrets(plain(struct));
}

/** As the wire has them: keys and values of the protocol's own included. */
export function plain(struct: Wire): Properties {
  return struct?.toJavaScript() ?? {};
}

export function toStruct(bag: Properties, options: EncodeOptions = {}): StructMessage {
  return Struct.fromJavaScript(encode(bag, options));
}
