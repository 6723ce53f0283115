/** The person who is signed in at this portal, as the sign-in left them in the session. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { seeOther } from "#kit/http/index.ts";
import type { Person } from "#protocols/sign-in-claims/index.ts";

export const PERSON = "person";
export const ID_TOKEN = "idToken";

export function personOf(request: FastifyRequest): Person | undefined {
  return request.session.get<Person>(PERSON);
}

/** Address of the sign-in that comes back to `back`, a path of this portal. */
export function signInPath(back: string): string {
  return `/dang-nhap?tiep=${encodeURIComponent(back)}`;
}

/** For `preHandler`: sends a stranger to sign in and back to the page that was asked for. */
export async function requirePerson(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (personOf(request)) return undefined;
  // A form cannot be sent again by a redirect: its page is what the person comes back to.
  return seeOther(reply, request.method === "GET" ? signInPath(request.url) : "/dang-nhap");
}
