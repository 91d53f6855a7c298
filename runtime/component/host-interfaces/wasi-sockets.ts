import type { HostInterfaces } from "./types.ts";

export const wasiSockets: HostInterfaces = {
  "wasi:sockets/instance-network": {
    types: {},
    functions: {
      "instance-network": "func() -> wasi:sockets/network.network",
    },
  },
  "wasi:sockets/ip-name-lookup": {
    types: {
      "resolve-address-stream": "resource",
    },
    functions: {
      "[method]resolve-address-stream.resolve-next-address":
        "func(borrow<resolve-address-stream>) -> result<option<wasi:sockets/network.ip-address>, wasi:sockets/network.error-code>",
      "[method]resolve-address-stream.subscribe":
        "func(borrow<resolve-address-stream>) -> wasi:io/poll.pollable",
      "resolve-addresses":
        "func(borrow<wasi:sockets/network.network>, string) -> result<resolve-address-stream, wasi:sockets/network.error-code>",
    },
  },
  "wasi:sockets/network": {
    types: {
      "error-code":
        "enum { unknown, access-denied, not-supported, invalid-argument, out-of-memory, timeout, concurrency-conflict, not-in-progress, would-block, invalid-state, new-socket-limit, address-not-bindable, address-in-use, remote-unreachable, connection-refused, connection-reset, connection-aborted, datagram-too-large, name-unresolvable, temporary-resolver-failure, permanent-resolver-failure }",
      network: "resource",
      "ip-address":
        "variant { ipv4(tuple<u8, u8, u8, u8>), ipv6(tuple<u16, u16, u16, u16, u16, u16, u16, u16>) }",
      "ipv4-socket-address": "record { port: u16, address: tuple<u8, u8, u8, u8> }",
      "ipv6-socket-address":
        "record { port: u16, flow-info: u32, address: tuple<u16, u16, u16, u16, u16, u16, u16, u16>, scope-id: u32 }",
      "ip-socket-address": "variant { ipv4(ipv4-socket-address), ipv6(ipv6-socket-address) }",
      "ip-address-family": "enum { ipv4, ipv6 }",
    },
    functions: {
      "network-error-code": "func(borrow<wasi:io/error.error>) -> option<error-code>",
    },
  },
  "wasi:sockets/tcp": {
    types: {
      "tcp-socket": "resource",
      "shutdown-type": "enum { receive, send, both }",
    },
    functions: {
      "[method]tcp-socket.start-bind":
        "func(borrow<tcp-socket>, borrow<wasi:sockets/network.network>, wasi:sockets/network.ip-socket-address) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.finish-bind":
        "func(borrow<tcp-socket>) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.start-connect":
        "func(borrow<tcp-socket>, borrow<wasi:sockets/network.network>, wasi:sockets/network.ip-socket-address) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.finish-connect":
        "func(borrow<tcp-socket>) -> result<tuple<wasi:io/streams.input-stream, wasi:io/streams.output-stream>, wasi:sockets/network.error-code>",
      "[method]tcp-socket.start-listen":
        "func(borrow<tcp-socket>) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.finish-listen":
        "func(borrow<tcp-socket>) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.accept":
        "func(borrow<tcp-socket>) -> result<tuple<tcp-socket, wasi:io/streams.input-stream, wasi:io/streams.output-stream>, wasi:sockets/network.error-code>",
      "[method]tcp-socket.local-address":
        "func(borrow<tcp-socket>) -> result<wasi:sockets/network.ip-socket-address, wasi:sockets/network.error-code>",
      "[method]tcp-socket.remote-address":
        "func(borrow<tcp-socket>) -> result<wasi:sockets/network.ip-socket-address, wasi:sockets/network.error-code>",
      "[method]tcp-socket.is-listening": "func(borrow<tcp-socket>) -> bool",
      "[method]tcp-socket.address-family":
        "func(borrow<tcp-socket>) -> wasi:sockets/network.ip-address-family",
      "[method]tcp-socket.set-listen-backlog-size":
        "func(borrow<tcp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.keep-alive-enabled":
        "func(borrow<tcp-socket>) -> result<bool, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-keep-alive-enabled":
        "func(borrow<tcp-socket>, bool) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.keep-alive-idle-time":
        "func(borrow<tcp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-keep-alive-idle-time":
        "func(borrow<tcp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.keep-alive-interval":
        "func(borrow<tcp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-keep-alive-interval":
        "func(borrow<tcp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.keep-alive-count":
        "func(borrow<tcp-socket>) -> result<u32, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-keep-alive-count":
        "func(borrow<tcp-socket>, u32) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.hop-limit":
        "func(borrow<tcp-socket>) -> result<u8, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-hop-limit":
        "func(borrow<tcp-socket>, u8) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.receive-buffer-size":
        "func(borrow<tcp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-receive-buffer-size":
        "func(borrow<tcp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.send-buffer-size":
        "func(borrow<tcp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]tcp-socket.set-send-buffer-size":
        "func(borrow<tcp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]tcp-socket.subscribe": "func(borrow<tcp-socket>) -> wasi:io/poll.pollable",
      "[method]tcp-socket.shutdown":
        "func(borrow<tcp-socket>, shutdown-type) -> result<_, wasi:sockets/network.error-code>",
    },
  },
  "wasi:sockets/tcp-create-socket": {
    types: {},
    functions: {
      "create-tcp-socket":
        "func(wasi:sockets/network.ip-address-family) -> result<wasi:sockets/tcp.tcp-socket, wasi:sockets/network.error-code>",
    },
  },
  "wasi:sockets/udp": {
    types: {
      "udp-socket": "resource",
      "incoming-datagram-stream": "resource",
      "outgoing-datagram-stream": "resource",
      "incoming-datagram":
        "record { data: list<u8>, remote-address: wasi:sockets/network.ip-socket-address }",
      "outgoing-datagram":
        "record { data: list<u8>, remote-address: option<wasi:sockets/network.ip-socket-address> }",
    },
    functions: {
      "[method]udp-socket.start-bind":
        "func(borrow<udp-socket>, borrow<wasi:sockets/network.network>, wasi:sockets/network.ip-socket-address) -> result<_, wasi:sockets/network.error-code>",
      "[method]udp-socket.finish-bind":
        "func(borrow<udp-socket>) -> result<_, wasi:sockets/network.error-code>",
      "[method]udp-socket.stream":
        "func(borrow<udp-socket>, option<wasi:sockets/network.ip-socket-address>) -> result<tuple<incoming-datagram-stream, outgoing-datagram-stream>, wasi:sockets/network.error-code>",
      "[method]udp-socket.local-address":
        "func(borrow<udp-socket>) -> result<wasi:sockets/network.ip-socket-address, wasi:sockets/network.error-code>",
      "[method]udp-socket.remote-address":
        "func(borrow<udp-socket>) -> result<wasi:sockets/network.ip-socket-address, wasi:sockets/network.error-code>",
      "[method]udp-socket.address-family":
        "func(borrow<udp-socket>) -> wasi:sockets/network.ip-address-family",
      "[method]udp-socket.unicast-hop-limit":
        "func(borrow<udp-socket>) -> result<u8, wasi:sockets/network.error-code>",
      "[method]udp-socket.set-unicast-hop-limit":
        "func(borrow<udp-socket>, u8) -> result<_, wasi:sockets/network.error-code>",
      "[method]udp-socket.receive-buffer-size":
        "func(borrow<udp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]udp-socket.set-receive-buffer-size":
        "func(borrow<udp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]udp-socket.send-buffer-size":
        "func(borrow<udp-socket>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]udp-socket.set-send-buffer-size":
        "func(borrow<udp-socket>, u64) -> result<_, wasi:sockets/network.error-code>",
      "[method]udp-socket.subscribe": "func(borrow<udp-socket>) -> wasi:io/poll.pollable",
      "[method]incoming-datagram-stream.receive":
        "func(borrow<incoming-datagram-stream>, u64) -> result<list<incoming-datagram>, wasi:sockets/network.error-code>",
      "[method]incoming-datagram-stream.subscribe":
        "func(borrow<incoming-datagram-stream>) -> wasi:io/poll.pollable",
      "[method]outgoing-datagram-stream.check-send":
        "func(borrow<outgoing-datagram-stream>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]outgoing-datagram-stream.send":
        "func(borrow<outgoing-datagram-stream>, list<outgoing-datagram>) -> result<u64, wasi:sockets/network.error-code>",
      "[method]outgoing-datagram-stream.subscribe":
        "func(borrow<outgoing-datagram-stream>) -> wasi:io/poll.pollable",
    },
  },
  "wasi:sockets/udp-create-socket": {
    types: {},
    functions: {
      "create-udp-socket":
        "func(wasi:sockets/network.ip-address-family) -> result<wasi:sockets/udp.udp-socket, wasi:sockets/network.error-code>",
    },
  },
};
