// Opens sockets to configured hosts only, and never to a private address that a name was made to point at.
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Every address that is not public: loopback, private, link-local, shared, mapped and translated forms, metadata hosts.
 * One list a version: in a common list the mapped range of version 6 would take in all of version 4.
 */
const NOT_PUBLIC = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.ipv4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  NOT_PUBLIC.ipv6.addSubnet(net, bits, 'ipv6');

/** True for an IP address that a public host may have. Not an address at all: false. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const version = family === 6 ? 'ipv6' : 'ipv4';
  return !NOT_PUBLIC[version].check(address, version);
}

/** True for `localhost` and the loopback addresses, as a URL's hostname spells them. */
export const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/**
 * A connector for undici that reaches `origins` and nothing else. Names are resolved once, each address is checked,
 * and the socket's own peer is checked again. A loopback origin is reached only because the configuration names it.
 */
export function connectorFor(origins: ReadonlySet<string>): buildConnector.connector {
  const guarded = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: publicLookup });
  const local = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  return (options, callback) => {
    const host = options.host ?? options.hostname;
    if (!origins.has(`${options.protocol}//${host}`)) {
      callback(new Error(`${options.hostname} is not a configured host`), null);
      return;
    }
    if (isLoopbackName(options.hostname)) {
      local(options, callback);
      return;
    }
    guarded(options, (...result) => {
      const [error, socket] = result;
      if (error === null && !isPublicAddress(socket.remoteAddress ?? '')) {
        socket.destroy();
        callback(new Error(`${options.hostname} does not lead to a public address`), null);
        return;
      }
      callback(...result);
    });
  };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '', 0);
      return;
    }
    const first = addresses.find(({ address }) => isPublicAddress(address));
    if (addresses.some(({ address }) => !isPublicAddress(address)) || !first) {
      callback(
        Object.assign(new Error(`${hostname} does not lead to a public address`), { code: 'ENOTPUBLIC' }),
        '',
        0,
      );
    } else if (options.all === true) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};
