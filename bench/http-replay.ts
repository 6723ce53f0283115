import { connect } from "node:net";

/**
 * Sends prepared requests, each once, over so many connections at a time, as lightly as can be (the server is what is
 * measured). Answers requests per second. `expect` is called with each answer's head and body and throws when it is wrong.
 */
export async function replay(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  expect: (answer: string) => void,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(connections, requests.length) }, () =>
      oneConnection(port, () => requests[next++], expect),
    ),
  );
  return requests.length / ((performance.now() - began) / 1000);
}

function oneConnection(port: number, take: () => Buffer | undefined, expect: (answer: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    let answer = "";
    let waiting = false;
    const send = (): void => {
      const request = take();
      waiting = request !== undefined;
      if (request) socket.write(request);
      else socket.end();
    };
    socket.setEncoding("latin1");
    socket.on("error", reject);
    socket.on("close", () => (waiting ? reject(new Error("the server closed a connection")) : resolve()));
    socket.on("connect", send);
    socket.on("data", (chunk: string) => {
      answer += chunk;
      const head = answer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/^content-length: (\d+)/im.exec(answer.slice(0, head))?.[1] ?? 0);
      if (answer.length < head + 4 + length) return;
      const whole = answer;
      answer = "";
      try {
        expect(whole);
        send();
      } catch (error) {
        waiting = false;
        socket.destroy(error as Error);
      }
    });
  });
}
