/** Longer than any address. A proxy may hand on what a client wrote. */
const KEY_MAXIMUM = 64;
/** Some proxies write the port, too: it is another one for every connection. */
const IPV4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i;
const BRACKETED = /^\[([^\]]*)\](?::\d+)?$/;

/**
 * The key of an address for rate limits. Of an IPv6 address it is the first 64 bits: one subscriber has all addresses
 * below them, and could otherwise use a new one for every request.
 */
export function addressKey(written: string): string {
  const address = BRACKETED.exec(written)?.[1] ?? written;
  const ipv4 = IPV4.exec(address)?.[1];
  const key = ipv4 ?? (address.includes(':') ? `${firstGroups(address).join(':')}::/64` : address);
  return key.slice(0, KEY_MAXIMUM);
}

function firstGroups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + after < 8) groups.push('0');
    if (tail !== '') groups.push(...tail.split(':'));
  }
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
}
