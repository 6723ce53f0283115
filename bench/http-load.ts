import { connect } from "node:net";

/**
 * As light a client as can be, so that the server is what is measured: one fixed request per connection after the other,
 * answers told apart by their Content-Length.
 */
export async function requestsPerSecond(url: URL, options: { connections: number; ms: number }): Promise<number> {
  let answered = 0;
  const began = performance.now();
  const until = began + options.ms;
  await Promise.all(
    Array.from({ length: options.connections }, () =>
      oneConnection(url, () => {
        answered++;
        return performance.now() < until;
      }),
    ),
  );
  return answered / ((performance.now() - began) / 1000);
}

const HEADER_END = Buffer.from("\r\n\r\n");

/** `onAnswer` says whether to ask again. */
function oneConnection(url: URL, onAnswer: () => boolean): Promise<void> {
  const request = `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\naccept: text/html\r\naccept-encoding: br\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: Number(url.port), noDelay: true });
    /** Bytes of the body still to come; undefined while reading the head. */
    let missing: number | undefined;
    let head: Buffer = Buffer.alloc(0);
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("connect", () => socket.write(request));
    socket.on("data", (chunk: Buffer) => {
      if (missing === undefined) {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        const end = head.indexOf(HEADER_END);
        if (end < 0) return;
        const text = head.toString("latin1", 0, end);
        const length = /^content-length: (\d+)$/im.exec(text)?.[1];
        if (!text.startsWith("HTTP/1.1 200") || length === undefined) {
          socket.destroy(new Error(`not an answer to measure: ${text.split("\r\n", 1)[0]}`));
          return;
        }
        missing = Number(length) - (head.length - end - HEADER_END.length);
        head = Buffer.alloc(0);
      } else missing -= chunk.length;
      if (missing > 0) return;
      missing = undefined;
      if (onAnswer()) socket.write(request);
      else socket.end();
    });
  });
}
