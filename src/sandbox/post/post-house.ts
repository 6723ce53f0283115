/** The post at work: takes orders, moves items, tells the agencies. */
import type { Clock } from "#kit/clock.ts";
import { signBody } from "#kit/signed-body.ts";
import type { PostCancelAnswer, PostEventKind, PostNotice, PostOrder, PostOrderAnswer } from "#protocols/post/index.ts";
import { answerOf, type Callback, type CallbackSender, type CallbackVariant, type Send } from "../callbacks/index.ts";
import { type Control, KINDS_AT } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import type { PostBook, PostItem, PostJournalEvent } from "./post-book.ts";

/** An agency's system that may order, and where it is told what happens. */
export interface PostClient {
  readonly client: string;
  readonly key: string;
  /** Undefined: it is not told, it asks. */
  readonly noticeUrl: string | undefined;
}

export interface PostHouse {
  readonly book: PostBook;
  readonly journal: Journal<PostJournalEvent>;
  readonly clients: readonly PostClient[];
  readonly clock: Clock;
  readonly control: Control;
  readonly callbacks: CallbackSender;
  readonly send: Send;
}

const PLACES: Readonly<Record<PostEventKind, (order: PostOrder) => string>> = {
  accepted: () => "Hệ thống bưu chính",
  collected: (order) => order.from.address,
  "in-transit": () => "Trung tâm khai thác",
  "out-for-delivery": () => "Bưu cục phát",
  "delivery-failed": (order) => order.to.address,
  delivered: (order) => order.to.address,
  returning: () => "Bưu cục phát",
  returned: (order) => order.from.address,
  lost: () => "Trung tâm khai thác",
};

/** The same reference again is the same item; the control panel may order that the post refuses. */
export function takeOrder(house: PostHouse, client: string, order: PostOrder): PostOrderAnswer {
  const { reference } = order;
  const before = house.book.ordered(client, reference);
  if (before) return { reference, accepted: true, itemCode: before.itemCode };
  if (house.book.isUnwanted(client, reference)) return { reference, accepted: false, reason: "Đơn đã hủy" };
  if (house.control.take("post", ["decline"])) {
    house.journal.append({ kind: "refused", client, reference });
    return { reference, accepted: false, reason: "Bưu cục không phục vụ địa chỉ này" };
  }
  const itemCode = house.book.nextCode();
  house.journal.append({ kind: "ordered", client, itemCode, order });
  happen(house, itemCode, "accepted");
  return { reference, accepted: true, itemCode };
}

/** Once the courier has it, it goes on: the agency is refused. Asked again the answer is the same. */
export function takeBack(house: PostHouse, client: string, reference: string): PostCancelAnswer {
  const item = house.book.ordered(client, reference);
  const done = item ? item.cancelled : house.book.isUnwanted(client, reference);
  if (done) return { reference, cancelled: true };
  if (item?.events.some(({ kind }) => kind !== "accepted"))
    return { reference, cancelled: false, reason: "Bưu tá đã nhận bưu gửi" };
  house.journal.append({ kind: "cancelled", client, reference });
  return { reference, cancelled: true };
}

/** Something happens to an item, and its agency is told. False: there is no such item. */
export function happen(house: PostHouse, itemCode: string, kind: PostEventKind, note?: string): boolean {
  const item = house.book.items.get(itemCode);
  if (!item) return false;
  const sequence = item.events.length + 1;
  house.journal.append({
    kind: "happened",
    itemCode,
    event: {
      id: `${itemCode}-${sequence}`,
      sequence,
      kind,
      at: house.clock.now().toISOString(),
      place: PLACES[kind](item.order),
      ...(note ? { note } : {}),
    },
  });
  tell(house, item, `${itemCode}-${sequence}`, 0, true);
  return true;
}

/** Goes on telling what had not been told when the process ended. */
export function resumePost(house: PostHouse): void {
  for (const item of house.book.items.values())
    for (const { id } of item.events) {
      const told = item.told.get(id);
      if (!told?.last) tell(house, item, id, told?.tries ?? 0, false);
    }
}

function tell(house: PostHouse, item: PostItem, eventId: string, attempts: number, fresh: boolean): void {
  const client = house.clients.find((one) => one.client === item.client);
  const event = item.events.find(({ id }) => id === eventId);
  if (!client?.noticeUrl || !event) return;
  const notice: PostNotice = { reference: item.order.reference, itemCode: item.itemCode, event };
  const url = client.noticeUrl;
  const callback: Callback = {
    id: eventId,
    attempts,
    send: (variant: CallbackVariant) => {
      const body = JSON.stringify(notice);
      const key = variant === "forged" ? "somebody else's key" : client.key;
      return answerOf(
        house.send({ url, method: "POST", body, headers: { ...signBody(key, body, house.clock.now()) } }),
        ({ status }) => ({ accepted: status === 200, said: String(status) }),
      );
    },
    record: ({ variant, answer, last }) =>
      void house.journal.append({
        kind: "told",
        itemCode: item.itemCode,
        eventId,
        variant,
        said: answer.said,
        last,
      }),
  };
  house.callbacks.start(callback, fresh ? house.control.take("post", KINDS_AT.callback) : undefined);
}
