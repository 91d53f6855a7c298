import { fail } from "../wit-error.ts";
import { contentLength } from "./content-length.ts";
import { type Field, Fields } from "./fields.ts";
import { isMethod, type Method, renderMethod } from "./method.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import { Pipe } from "./pipe.ts";

/** wasi:http/types `scheme`. */
export interface Scheme {
  tag: string;
  val?: string;
}

/** A request as a guest made it. */
export interface GuestRequest {
  method: string;
  /** `http`, `https` or another; absent when the guest gave none. */
  scheme: string | undefined;
  authority: string | undefined;
  pathWithQuery: string | undefined;
  headers: readonly Field[];
  /** Absent when the guest never asked for the body. */
  body: Pipe | undefined;
}

/** wasi:http/types `outgoing-request`. */
export class OutgoingRequest {
  readonly #headers: Fields;
  readonly #cancelled: Promise<never>;
  #method: Method = { tag: "get" };
  #scheme: Scheme | undefined;
  #authority: string | undefined;
  #pathWithQuery: string | undefined;
  #body: Pipe | undefined;

  constructor(headers: Fields, cancelled: Promise<never>) {
    this.#headers = Fields.immutable(headers);
    this.#cancelled = cancelled;
  }

  static take(request: OutgoingRequest): GuestRequest {
    const scheme = request.#scheme;
    return {
      method: renderMethod(request.#method),
      scheme: scheme?.tag === "other" ? (scheme.val ?? "") : scheme?.tag.toLowerCase(),
      authority: request.#authority,
      pathWithQuery: request.#pathWithQuery,
      headers: Fields.entriesOf(request.#headers),
      body: request.#body,
    };
  }

  body(): OutgoingBody {
    if (this.#body !== undefined) fail(undefined);
    this.#body = new Pipe();
    return new OutgoingBody(this.#body, "request", contentLength(this.#headers), this.#cancelled);
  }

  method(): Method {
    return this.#method;
  }

  setMethod(method: Method): void {
    if (!isMethod(method)) fail(undefined);
    this.#method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#pathWithQuery;
  }

  setPathWithQuery(path: string | undefined): void {
    // oxlint-disable-next-line no-control-regex -- RFC 9112 3.2: a request target has no blanks and no controls
    if (path !== undefined && /[\u0000-\u0020\u007f#]/.test(path)) fail(undefined);
    this.#pathWithQuery = path;
  }

  scheme(): Scheme | undefined {
    return this.#scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    if (scheme?.tag === "other" && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme.val ?? "")) fail(undefined);
    this.#scheme = scheme;
  }

  authority(): string | undefined {
    return this.#authority;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && !isAuthority(authority)) fail(undefined);
    this.#authority = authority;
  }

  headers(): Fields {
    return Fields.immutable(this.#headers);
  }
}

function isAuthority(text: string): boolean {
  return /^[^\s/?#\\]+$/.test(text) && URL.canParse(`http://${text}`);
}
