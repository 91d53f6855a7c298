import type { HostImports } from "./offer.ts";
import { fail } from "./wit-error.ts";

/**
 * wasi:sockets, linked because every tool chain imports it, and refused: neither sockets nor name look-ups are given out,
 * so the methods of a socket cannot be reached. `onRefused` is told what the guest asked for.
 */
export function socketsImports(onRefused: (witInterface: string, target: string) => void): HostImports {
  const refuse = (witInterface: string, target: string): never => {
    onRefused(witInterface, target);
    fail("access-denied");
  };
  return {
    "wasi:sockets/network": { Network, networkErrorCode: () => undefined },
    "wasi:sockets/instance-network": { instanceNetwork: () => new Network() },
    "wasi:sockets/tcp": { TcpSocket },
    "wasi:sockets/tcp-create-socket": {
      createTcpSocket: (family: string) => refuse("wasi:sockets/tcp-create-socket", `tcp (${family})`),
    },
    "wasi:sockets/udp": { UdpSocket, IncomingDatagramStream, OutgoingDatagramStream },
    "wasi:sockets/udp-create-socket": {
      createUdpSocket: (family: string) => refuse("wasi:sockets/udp-create-socket", `udp (${family})`),
    },
    "wasi:sockets/ip-name-lookup": {
      ResolveAddressStream,
      resolveAddresses: (_network: Network, name: string) => refuse("wasi:sockets/ip-name-lookup", name),
    },
  };
}

class Network {}
class TcpSocket {}
class UdpSocket {}
class IncomingDatagramStream {}
class OutgoingDatagramStream {}
class ResolveAddressStream {}
