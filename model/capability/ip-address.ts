/** IP addresses as numbers, so that networks can be compared without asking the operating system. */

export interface IpAddress {
  bits: 32 | 128;
  value: bigint;
}

/** The address that a text writes, without brackets or zone; `undefined` when it is none. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** Whether two addresses of one family agree in their first `prefix` bits. */
export function isSameNetwork(network: IpAddress, prefix: number, address: IpAddress): boolean {
  if (network.bits !== address.bits) return false;
  const rest = BigInt(network.bits - prefix);
  return network.value >> rest === address.value >> rest;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map(groupsOf);
  const [head, tail = []] = groups;
  if (head === undefined || groups.includes(undefined) || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...tail];
  return { bits: 128, value: all.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}

function groupsOf(half: string): number[] | undefined {
  if (half === "") return [];
  const groups: number[] = [];
  const texts = half.split(":");
  for (const [index, text] of texts.entries()) {
    const ipv4 = index === texts.length - 1 && text.includes(".") ? parseIpv4(text) : undefined;
    if (ipv4 !== undefined) groups.push(Number(ipv4.value >> 16n), Number(ipv4.value & 0xffffn));
    else if (/^[0-9a-fA-F]{1,4}$/.test(text)) groups.push(Number.parseInt(text, 16));
    else return undefined;
  }
  return groups;
}
