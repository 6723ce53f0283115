import type { CaptchaDesk, CaptchaMode } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import type { SubscriberRegister } from "#protocols/subscriber-register/index.ts";

/** What the use cases of this room need from outside. */
export interface AccountsDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** The building's data key: one-time codes, guards and seals are keyed with keys derived from it. */
  readonly secret: string;
  readonly captcha: CaptchaDesk;
  readonly captchaMode: CaptchaMode;
  readonly subscriberRegister: SubscriberRegister;
  readonly log: Log;
}

/** Where a request comes from. `network` is the address the limits count by. */
export interface Caller {
  readonly network: string;
  readonly lang: "vi" | "en";
  /** The cookie of `known-browser.ts`, as the browser sent it. */
  readonly known?: string | undefined;
}
