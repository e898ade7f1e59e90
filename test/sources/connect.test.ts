import { describe, expect, it } from 'vitest';
import { isLoopbackName, isPublicAddress } from '../../src/sources/connect.ts';
import { createHttp } from '../../src/sources/http.ts';
import { memoryCache } from '../../src/sources/cache.ts';

describe('a public address (N-01)', () => {
  it.each([
    '127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200', '0.0.0.0',
    '168.63.129.16', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1',
    '::7f00:1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:7f00:1::', '2001:db8::1', 'fc00::1', 'fd12::1', 'fe80::1',
    'fec0::1', 'ff02::1', '', 'localhost', '1.2.3', 'not an address',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  }); // prettier-ignore

  it.each(['8.8.8.8', '34.117.59.81', '2a00:1450:4001:80b::200e'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('a configured host', () => {
  it('is loopback only under a loopback name', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopbackName)).toBe(true);
    expect(['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '1127.0.0.1'].some(isLoopbackName)).toBe(
      false,
    );
  });

  it.each(['http://10.255.255.1', 'http://169.254.169.254', 'http://192.168.0.1'])(
    'is not reached at the private address %s',
    async (url) => {
      const http = createHttp({ origins: new Set([url]), cache: memoryCache(), clock: () => 0 });
      const ask = http.get({
        service: 'gcs',
        what: 'x',
        url: `${url}/x`,
        keep: 0,
        maxBytes: 10,
        partial: 'refuse',
        accept: () => null,
      });

      await expect(ask).rejects.toMatchObject({ problem: 'unavailable' });
      await http.close();
    },
  );
});
