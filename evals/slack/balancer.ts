// Stands before replicas, as a load balancer does: each connection goes to the next one that answers.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  readonly add: (port: number) => void;
  readonly remove: (port: number) => void;
  readonly close: () => void;
}

/** A balancer on a free port of this machine. A connection is cut when its replica goes, or when there is none. */
export async function startBalancer(): Promise<Balancer> {
  const ports: number[] = [];
  let turn = 0;
  const server = createServer((from) => {
    turn += 1;
    const port = ports[turn % Math.max(1, ports.length)];
    if (port === undefined) {
      from.destroy();
      return;
    }
    const to = connect(port, '127.0.0.1');
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    to.on('error', () => from.destroy()).on('close', () => from.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (port) => void ports.push(port),
    remove: (port) => void ports.splice(ports.indexOf(port), 1),
    close: () => void server.close(),
  };
}
