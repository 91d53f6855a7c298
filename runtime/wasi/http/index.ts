import type { HostImports } from "../offer.ts";
import type { RequestScope } from "../request-scope.ts";
import { httpErrorCode } from "./error-code.ts";
import { Fields } from "./fields.ts";
import { FutureTrailers, IncomingBody } from "./incoming-body.ts";
import { IncomingRequest } from "./incoming-request.ts";
import { FutureIncomingResponse, IncomingResponse, type ReceivedResponse } from "./incoming-response.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import { type GuestRequest, OutgoingRequest } from "./outgoing-request.ts";
import { OutgoingResponse, ResponseOutparam } from "./outgoing-response.ts";
import { RequestOptions } from "./request-options.ts";

/** Performs a guest's request. Rejects with `HttpFailure`; gives up when `signal` aborts. */
export type SendRequest = (
  request: GuestRequest,
  options: RequestOptions | undefined,
  signal: AbortSignal,
) => Promise<ReceivedResponse>;

/** wasi:http/types and wasi:http/outgoing-handler. Requests still under way are given up when the guest is done. */
export function httpImports(send: SendRequest, scope: RequestScope): HostImports {
  return {
    "wasi:http/types": {
      Fields,
      FutureIncomingResponse,
      FutureTrailers,
      IncomingBody,
      IncomingRequest,
      IncomingResponse,
      OutgoingBody,
      OutgoingRequest: class extends OutgoingRequest {
        constructor(headers: Fields) {
          super(headers, scope.cancelled);
        }
      },
      OutgoingResponse: class extends OutgoingResponse {
        constructor(headers: Fields) {
          super(headers, scope.cancelled);
        }
      },
      RequestOptions,
      ResponseOutparam,
      httpErrorCode,
    },
    "wasi:http/outgoing-handler": {
      handle: (request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse => {
        const abandoned = new AbortController();
        const signal = AbortSignal.any([abandoned.signal, scope.ended]);
        const response = send(OutgoingRequest.take(request), options, signal);
        return new FutureIncomingResponse(response, () => abandoned.abort(), scope.cancelled);
      },
    },
  };
}
